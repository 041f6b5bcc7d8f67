/** What {@code ./test-env/demo} runs: the guide's manifests through a real berth process into a router of one's choice. */
@NullMarked
package io.berth.testenv.demo;

import org.jspecify.annotations.NullMarked;
