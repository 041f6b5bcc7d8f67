/** The page on which the benchmarks are written down, a section for each; {@code ./test-env/bench} runs them. */
@NullMarked
package io.berth.testenv.bench;

import org.jspecify.annotations.NullMarked;
