/** Which service gets which address, and why. Pure: no clock, no thread, no Kubernetes. */
@NullMarked
package io.berth.allocator;

import org.jspecify.annotations.NullMarked;
