package io.berth.k8s.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** A thread that runs when it is told to, in a time that passes when it is told to. */
public final class ManualThread implements LoopThread {

    private record Timer(Duration due, long number, Runnable task) {}

    private final Queue<Runnable> ready = new ArrayDeque<>();
    private final Queue<Timer> timers =
            new PriorityQueue<>(Comparator.comparing(Timer::due).thenComparingLong(Timer::number));
    private Duration now = Duration.ZERO;
    private long timersMade;
    private boolean closed;

    @Override
    public Instant now() {
        return Instant.parse("2026-01-01T00:00:00Z").plus(now);
    }

    @Override
    public void execute(Runnable task) {
        if (!closed) {
            ready.add(task);
        }
    }

    @Override
    public void execute(Runnable task, Duration delay) {
        if (!closed) {
            timers.add(new Timer(now.plus(delay), timersMade++, task));
        }
    }

    @Override
    public void close() {
        closed = true;
        ready.clear();
        timers.clear();
    }

    /** Runs all that is ready, and what becomes ready by that; not what only time makes ready. */
    public void runReady() {
        for (int i = 0; i < 1_000_000; i++) {
            Runnable next = ready.poll();
            if (next == null) {
                return;
            }
            next.run();
        }
        throw new IllegalStateException("it never comes to rest");
    }

    /** Lets time pass, and runs what is due on the way. */
    public void pass(Duration time) {
        Duration until = now.plus(time);
        runReady();
        for (Timer next = timers.peek(); next != null && next.due().compareTo(until) <= 0; next = timers.peek()) {
            timers.remove();
            now = next.due();
            ready.add(next.task());
            runReady();
        }
        now = until;
    }

    /** How many things wait for time to pass. */
    public int waiting() {
        return timers.size();
    }
}
