package io.berth.k8s.cluster;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Requests that nobody waits for, one after the other: before each of them passes some times as long as the one before took.
 * Where much is to be done at once, those that somebody waits for find the API server free, and many nodes that tell the same
 * thing do not fall upon it together; a single one goes out at once.
 */
final class Leisure {

    private static final int RESTS_PER_WORK = 4;

    /** An API server that is slow is not left alone for longer than this. */
    private static final Duration LONGEST = Duration.ofMillis(250);

    private final LongSupplier clock;
    private final LongConsumer pause;

    /** When the next request may begin. */
    private long next;

    /** Done once nothing rests any more. */
    private final CompletableFuture<Void> hurry = new CompletableFuture<>();

    Leisure() {
        this.clock = System::nanoTime;
        this.pause = nanos -> hurry.copy()
                .completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS)
                .join();
        this.next = clock.getAsLong();
    }

    /**
     * @param clock in nanoseconds since whenever
     * @param pause lets so many nanoseconds pass
     */
    Leisure(LongSupplier clock, LongConsumer pause) {
        this.clock = clock;
        this.pause = pause;
        this.next = clock.getAsLong();
    }

    /** A request, until it is closed. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /** Begins a request when its time has come. */
    Turn turn() {
        rest();
        long start = clock.getAsLong();
        return () -> {
            long end = clock.getAsLong();
            next = end + Math.min((end - start) * RESTS_PER_WORK, LONGEST.toNanos());
        };
    }

    /** From now on nothing rests: what is still to be said has little time. From any thread. */
    void hurry() {
        hurry.complete(null);
    }

    private void rest() {
        long left = next - clock.getAsLong();
        if (left > 0 && !hurry.isDone()) {
            pause.accept(left);
        }
    }
}
