package io.berth.k8s;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The end of a command that runs until it is told to stop. SIGTERM and SIGINT let it close what it has open, and then it ends
 * with status 0: being stopped is no failure.
 */
final class Termination implements AutoCloseable {

    /** Closing takes a moment; whoever sent the signal sends another one that cannot be caught if it takes too long. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final int NOT_CLOSED_IN_TIME = 1;

    private final Duration patience;
    private final CountDownLatch wanted = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "termination");

    private Termination(Duration patience) {
        this.patience = patience;
    }

    /** From now on the signals are waited for. */
    static Termination onSignal() {
        return onSignal(Duration.ZERO);
    }

    /** The same for a command that takes its leave for so long before it closes anything. */
    static Termination onSignal(Duration leave) {
        Termination termination = new Termination(PATIENCE.plus(leave));
        Runtime.getRuntime().addShutdownHook(termination.hook);
        return termination;
    }

    /** Returns when it is time to close; an interrupt of the thread means the same. */
    void await() {
        try {
            wanted.await();
        } catch (InterruptedException _) {
            // The wish is heard, and the thread still has to close what is open.
        }
    }

    /** Everything is closed. */
    @Override
    public void close() {
        closed.countDown();
        if (wanted.getCount() > 0) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    /** A JVM that a signal ends would tell the signal's number for a status, unless it is halted with another one. */
    private void stop() {
        wanted.countDown();
        Runtime.getRuntime().halt(isClosedInTime() ? 0 : NOT_CLOSED_IN_TIME);
    }

    private boolean isClosedInTime() {
        try {
            return closed.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            return false;
        }
    }
}
