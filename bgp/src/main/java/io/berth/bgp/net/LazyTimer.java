package io.berth.bgp.net;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A timer that is armed far more often than it runs out. Arming it later than it stands only notes the new deadline; the task
 * that was scheduled looks at the note when it wakes, and sleeps on. A hold timer thus costs nothing per message.
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
            deadline = NEVER;
            onExpiry.run();
        }
    }
}
