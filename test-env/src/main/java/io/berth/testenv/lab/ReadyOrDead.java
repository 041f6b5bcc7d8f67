package io.berth.testenv.lab;

import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/**
 * Waits until the log shows that the router takes sessions, and fails with the log as soon as the container has ended: a
 * router that refuses its configuration is told at once and not after a time-out.
 */
final class ReadyOrDead extends AbstractWaitStrategy {

    private static final long PAUSE_NANOS = 25_000_000;

    private final Pattern readyLine;

    ReadyOrDead(Pattern readyLine) {
        this.readyLine = readyLine;
    }

    @Override
    protected void waitUntilReady() {
        await((GenericContainer<?>) waitStrategyTarget, 1);
    }

    /** Waits for the ready line of the given start; the log keeps those of the starts before. */
    void await(GenericContainer<?> router, int start) {
        long deadline = System.nanoTime() + startupTimeout.toNanos();
        while (true) {
            boolean runs = router.isRunning();
            String log = router.getLogs();
            if (readyLine.matcher(log).results().count() >= start) {
                return;
            }
            if (!runs || System.nanoTime() - deadline > 0) {
                throw new ContainerLaunchException(
                        "the router " + (runs ? "is not ready" : "ended") + "; its log:\n" + log);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
