package io.berth.k8s.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that owns what a loop works on, and its sense of time. A seam: tests move both by hand.
 *
 * <p>Both methods may be called from any thread; what is handed in runs one after the other, in the order of handing in.
 * After {@link #close} nothing more is run and nothing more is refused.
 */
public interface LoopThread extends AutoCloseable, Executor {

    /** Long enough for a request that is under way to be answered; a stop must never hang on one that is not. */
    Duration PATIENCE = Duration.ofSeconds(3);

    /** What time it is. */
    Instant now();

    /** Runs this next. */
    @Override
    void execute(Runnable task);

    /** Runs this once the delay has passed. */
    void execute(Runnable task, Duration delay);

    /** Stops; returns once nothing runs any more, or after a few seconds whatever still does. */
    @Override
    void close();

    /** A thread of this name. */
    static LoopThread named(String name) {
        return new Scheduled(name);
    }

    /** The thread of the running product. */
    final class Scheduled implements LoopThread {

        private final ScheduledThreadPoolExecutor executor;

        private Scheduled(String name) {
            executor = new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().name(name).daemon().factory(), new DiscardPolicy());
            executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
            executor.setRemoveOnCancelPolicy(true);
        }

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public void execute(Runnable task) {
            executor.execute(task);
        }

        @Override
        public void execute(Runnable task, Duration delay) {
            var _ = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void close() {
            executor.shutdown();
            try {
                if (!executor.awaitTermination(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                    executor.shutdownNow();
                }
            } catch (InterruptedException interrupted) {
                executor.shutdownNow();
                Thread.currentThread().interrupt();
            }
        }
    }
}
