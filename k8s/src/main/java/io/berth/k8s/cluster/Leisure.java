package io.berth.k8s.cluster;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Requests that nobody waits for, one after the other: before each of them passes some times as long as the one before took. Where much
 * is to be done at once, those that somebody waits for find the API server free, and many nodes that tell the same thing do not fall upon it
 * together; a single one goes out at once.
 */
final class Leisure {

    private static final int RESTS_PER_WORK = 4;

    /** An API server that is slow is not left alone for longer than this. */
    private static final Duration LONGEST = Duration.ofMillis(250);

    private final LongSupplier clock;
    private final LongConsumer pause;

    /** When the next request may begin. */
    private long next;

    private volatile boolean hurrying;

    Leisure() {
        this(System::nanoTime, LockSupport::parkNanos);
    }

    /**
     * @param clock in nanoseconds since whenever
     * @param pause lets so many nanoseconds pass, or fewer
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
        hurrying = true;
    }

    private void rest() {
        for (long left = left(); left > 0 && !hurrying && !Thread.currentThread().isInterrupted(); left = left()) {
            pause.accept(left);
        }
    }

    private long left() {
        return next - clock.getAsLong();
    }
}
