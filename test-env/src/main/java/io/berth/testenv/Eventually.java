package io.berth.testenv;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waiting for what becomes true in its own time: asked again and again until a deadline. A failure shows what was seen
 * last, so that it reads like one without waiting.
 */
public final class Eventually {

    /** Ample for anything that works, hold timers of 9 s included: only failures take so long. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofMillis(25);

    private Eventually() {}

    /** Repeats the assertion until it passes; after {@link #PATIENCE} fails as it did last. */
    public static void eventually(Runnable assertion) {
        eventually(PATIENCE, assertion);
    }

    /** Repeats the assertion until it passes; after {@code patience} fails as it did last. */
    public static void eventually(Duration patience, Runnable assertion) {
        eventually(
                patience,
                () -> {
                    assertion.run();
                    return "it holds";
                },
                anything -> true);
    }

    /** Repeats the question until the answer is as wanted, and returns it; after {@link #PATIENCE} fails with the last one. */
    public static <T> T eventually(Supplier<T> question, Predicate<? super T> wanted) {
        return eventually(PATIENCE, question, wanted);
    }

    /** Repeats the question until the answer is as wanted, and returns it; after {@code patience} fails with the last one. */
    public static <T> T eventually(Duration patience, Supplier<T> question, Predicate<? super T> wanted) {
        long start = System.nanoTime();
        while (true) {
            String seen;
            @Nullable Throwable failure = null;
            try {
                T answer = question.get();
                if (wanted.test(answer)) {
                    return answer;
                }
                seen = "last seen: " + answer;
            } catch (AssertionError | RuntimeException e) {
                // What cannot be asked yet (a router that is just starting again) may be a moment later.
                seen = String.valueOf(e.getMessage());
                failure = e;
            }
            if (System.nanoTime() - start > patience.toNanos()) {
                throw new AssertionError("not within " + patience.toSeconds() + " s; " + seen, failure);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("interrupted while waiting; " + seen, failure);
            }
        }
    }
}
