/** The allocator measured with JMH, beside what MetalLB's own takes for the same. */
@NullMarked
package io.berth.testenv.bench.allocator;

import org.jspecify.annotations.NullMarked;
