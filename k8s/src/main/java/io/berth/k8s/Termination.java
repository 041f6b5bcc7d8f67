package io.berth.k8s;

import java.util.concurrent.CountDownLatch;

/** The end of a command that runs until somebody ends it: Ctrl-C or SIGTERM, which are no failure here. */
final class Termination {

    private Termination() {}

    /**
     * Waits for the signal, then says goodbye and ends the process with status 0. To be called once everything runs: what fails
     * before has another status.
     */
    static void await(Runnable goodbye) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            goodbye.run();
            System.out.flush();
            System.err.flush();
            // The JVM's own status after a signal is 128 and more, which service managers take for a crash.
            Runtime.getRuntime().halt(0);
        }));
        new CountDownLatch(1).await();
    }
}
