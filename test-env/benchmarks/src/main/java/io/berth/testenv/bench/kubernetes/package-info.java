/** A controller and a speaker on a real API server with a real router behind them, beside what MetalLB's take for the same. */
@NullMarked
package io.berth.testenv.bench.kubernetes;

import org.jspecify.annotations.NullMarked;
