/** Real routers in containers on networks of their own, for the end-to-end tests and the demo. */
@NullMarked
package io.berth.testenv.lab;

import org.jspecify.annotations.NullMarked;
