package io.berth.k8s.loop;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Does something for all who asked for it at once: at once when it has not been done for a while, and otherwise when the while has
 * passed. Belongs to the loop's thread.
 */
public final class Paced {

    /** So many times as long as it took nothing of it is done again: the thread has other things to do. */
    private static final int RESTS_PER_WORK = 9;

    private final LoopThread thread;
    private final Runnable task;
    private Instant last = Instant.MIN;
    private Duration rest = Duration.ZERO;

    /** When it runs next; null where nobody asked for that. */
    private @Nullable Instant next;

    public Paced(LoopThread thread, Runnable task) {
        this.thread = thread;
        this.task = task;
    }

    /**
     * Sees to it that the task runs, not before this much time has passed since it last did. One that is asked for later anyway
     * comes forward to that time.
     */
    public void ask(Duration pause) {
        Instant now = thread.now();
        // A clock that is set back must not make anybody wait for it to catch up.
        Instant due = last.isAfter(now) || last.equals(Instant.MIN)
                ? now
                : last.plus(pause.compareTo(rest) > 0 ? pause : rest);
        if (!due.isAfter(now)) {
            run(now);
        } else if (next == null || due.isBefore(next)) {
            next = due;
            thread.execute(() -> runIfNext(due), Duration.between(now, due));
        }
    }

    /** What was asked for took so long: it is not done again at once, however often somebody asks. */
    public void took(Duration work) {
        rest = work.multipliedBy(RESTS_PER_WORK);
    }

    private void runIfNext(Instant due) {
        if (due.equals(next)) {
            run(thread.now());
        }
    }

    private void run(Instant now) {
        next = null;
        last = now;
        task.run();
    }
}
