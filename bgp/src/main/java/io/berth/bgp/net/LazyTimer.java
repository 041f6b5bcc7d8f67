package io.berth.bgp.net;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A timer that is armed far more often than it runs out. Arming it later than it stands only notes the new deadline; the task
 * that was scheduled looks at the note when it wakes, and sleeps on. A hold timer thus costs nothing per message.
 *
 * <p>A loop that was held up finds the timer run out and the peer's message unread at once. So the message comes first: the timer
 * has run out only if the deadline still stands after the loop has looked at its sockets once more.
 */
final class LazyTimer {

    private static final long NEVER = Long.MAX_VALUE;

    private final EventLoop loop;
    private final Runnable onExpiry;
    private long deadline = NEVER;
    private long wakesAt = NEVER;

    LazyTimer(EventLoop loop, Runnable onExpiry) {
        this.loop = loop;
        this.onExpiry = onExpiry;
    }

    void arm(Duration time) {
        deadline = System.nanoTime() + time.toNanos();
        if (wakesAt == NEVER || deadline < wakesAt) {
            sleepUntil(deadline);
        }
    }

    void disarm() {
        deadline = NEVER;
    }

    private void sleepUntil(long nanos) {
        wakesAt = nanos;
        loop.schedule(() -> wake(nanos), nanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void wake(long nanos) {
        if (wakesAt != nanos) {
            return; // an earlier deadline was set meanwhile, and its own task takes care of what follows
        }
        wakesAt = NEVER;
        if (deadline == NEVER) {
            return;
        }
        if (deadline - System.nanoTime() > 0) {
            sleepUntil(deadline);
        } else {
            // Only what is scheduled waits for the loop's next round; what is executed still belongs to this one.
            loop.schedule(this::judge, 1, TimeUnit.NANOSECONDS);
        }
    }

    private void judge() {
        if (deadline != NEVER && deadline - System.nanoTime() <= 0) {
            deadline = NEVER;
            onExpiry.run();
        }
    }
}
