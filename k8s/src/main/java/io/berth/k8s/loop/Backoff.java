package io.berth.k8s.loop;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next try: twice as long after each failure, and never so that many who failed together come
 * back together.
 *
 * @param first  after the first failure, at most
 * @param most   however often it failed
 * @param jitter 0 to 1 (exclusive), drawn anew each time: a wait is between half of its length and the whole
 */
public record Backoff(Duration first, Duration most, DoubleSupplier jitter) {

    /** A first retry that a person hardly notices; then as rarely as an API server in trouble can bear. */
    public static final Backoff DEFAULT = new Backoff(
            Duration.ofMillis(100),
            Duration.ofSeconds(30),
            () -> ThreadLocalRandom.current().nextDouble());

    /** The wait after so many failures in a row, 1 or more. */
    Duration after(int failures) {
        // 2^30 times the shortest sensible wait is beyond any bound, and far from overflowing.
        double doubled = first.toNanos() * Math.pow(2, Math.min(failures - 1, 30));
        double bounded = Math.min(doubled, (double) most.toNanos());
        return Duration.ofNanos((long) (bounded * (0.5 + jitter.getAsDouble() / 2)));
    }
}
