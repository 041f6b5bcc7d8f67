/** What Berth shows of itself: meters, the HTTP endpoint, the status page. */
@NullMarked
package io.berth.metrics;

import org.jspecify.annotations.NullMarked;
