package io.berth.testenv.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * One server, as a process with a log file, whose end is shown when the server is not as it should be, and with a file that
 * names its process id while it lives, for the {@link Undertaker}.
 */
final class ServerProcess {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofMillis(25);
    private static final int LOG_LINES = 25;

    private final Path home;
    private final List<String> command;
    private final String name;
    private final Process process;

    private ServerProcess(Path home, List<String> command, String name, Process process) {
        this.home = home;
        this.command = command;
        this.name = name;
        this.process = process;
    }

    /** Starts it with {@code home} as its current directory; what it needs to be ready, the caller knows. */
    static ServerProcess start(Path home, List<String> command) {
        String name = String.valueOf(Path.of(command.getFirst()).getFileName());
        try {
            Process process = new ProcessBuilder(command)
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(log(home, name).toFile()))
                    .start();
            Path mark = Files.createFile(home.resolve(Undertaker.LIVING + process.pid()));
            process.onExit().thenRun(() -> mark.toFile().delete());
            return new ServerProcess(home, command, name, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same once more. Its log goes on in the same file. */
    ServerProcess again() {
        return start(home, command);
    }

    /** Waits until it is ready; fails with the end of its log as soon as it has ended, or when it takes too long. */
    void await(BooleanSupplier ready) {
        long start = System.nanoTime();
        while (!ready.getAsBoolean()) {
            if (!process.isAlive()) {
                throw new IllegalStateException(name + " ended with status " + process.exitValue() + logTail());
            }
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IllegalStateException(
                        name + " is not ready after " + PATIENCE.toSeconds() + " s" + logTail());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** SIGTERM: it takes leave of its clients. */
    void stop() {
        process.destroy();
        awaitEnd();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException(name + " does not end" + logTail());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGSTOP: connections stay and nothing is answered. */
    void pause() {
        signal("STOP");
    }

    /** SIGCONT: it goes on as if nothing had been. */
    void unpause() {
        signal("CONT");
    }

    private void signal(String signal) {
        Command.of("sh", "-c", "kill -" + signal + " " + process.pid()).output("");
    }

    private String logTail() {
        try {
            List<String> lines = Files.readAllLines(log(home, name));
            return "; its log ends:\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException e) {
            return "; its log cannot be read: " + e.getMessage();
        }
    }

    private static Path log(Path home, String name) {
        return home.resolve(name + ".log");
    }
}
