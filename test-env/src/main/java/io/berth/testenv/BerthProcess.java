package io.berth.testenv;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A berth process as a user starts it: the built launcher, its arguments, and the lines that it prints. What a test says of
 * Berth it says of this, not of classes called from inside.
 */
public final class BerthProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Process process;
    private final List<String> stdout = new CopyOnWriteArrayList<>();
    private final List<String> stderr = new CopyOnWriteArrayList<>();

    private BerthProcess(Process process, Consumer<String> onStdout) {
        this.process = process;
        Thread.ofVirtual()
                .start(() -> drain(process.inputReader(), line -> {
                    stdout.add(line);
                    onStdout.accept(line);
                }));
        Thread.ofVirtual().start(() -> drain(process.errorReader(), stderr::add));
    }

    /** Starts {@code berth} with these arguments. */
    public static BerthProcess start(String... arguments) {
        return start(List.of(arguments), line -> {});
    }

    /** Starts {@code berth}, handing each line of its standard output to {@code onStdout} as it is printed. */
    public static BerthProcess start(List<String> arguments, Consumer<String> onStdout) {
        return start(Map.of(), arguments, onStdout);
    }

    /** Starts {@code berth} for the cluster of this kubeconfig file. */
    public static BerthProcess startFor(Path kubeconfig, String... arguments) {
        return start(Map.of("KUBECONFIG", kubeconfig.toString()), List.of(arguments), line -> {});
    }

    private static BerthProcess start(
            Map<String, String> environment, List<String> arguments, Consumer<String> onStdout) {
        List<String> command = new ArrayList<>();
        command.add(launcher().toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        try {
            return new BerthProcess(builder.start(), onStdout);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The launcher that the build left in {@code k8s/target}; {@code berth.root} names the root of the project. */
    public static Path launcher() {
        return Path.of(System.getProperty("berth.root")).resolve("k8s/target/berth");
    }

    public List<String> stdout() {
        return List.copyOf(stdout);
    }

    public List<String> stderr() {
        return List.copyOf(stderr);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Writes one line to the process's standard input. */
    public void type(String line) {
        try {
            process.outputWriter().write(line + "\n");
            process.outputWriter().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first line, printed already or yet to come on either stream, that {@code wanted} accepts. */
    public String awaitLine(String what, Predicate<String> wanted) {
        return Eventually.eventually(
                        PATIENCE, () -> firstLine(wanted), found -> found.isPresent() || !process.isAlive())
                .orElseThrow(() -> new AssertionError(
                        "berth ended with status " + process.exitValue() + " before " + what + ": " + stderr));
    }

    private Optional<String> firstLine(Predicate<String> wanted) {
        return stdout.stream()
                .filter(wanted)
                .findFirst()
                .or(() -> stderr.stream().filter(wanted).findFirst());
    }

    /** The exit status of a process that ends by itself. */
    public int awaitExit() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("berth did not end within " + PATIENCE + ": " + stdout + stderr);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGKILL: the process has no chance to say anything to its peers. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    public long pid() {
        return process.pid();
    }

    /** SIGSTOP: it stands still and does not know it. */
    public void pause() {
        signal("STOP");
    }

    /** SIGCONT: it goes on as if nothing had been. */
    public void unpause() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid()).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("no SIG" + signal + " for " + process.pid() + ": "
                        + kill.errorReader().readAllAsString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGTERM, and its exit status. */
    public int terminate() {
        process.destroy();
        return awaitExit();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroy();
            try {
                if (!process.waitFor(5, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void drain(BufferedReader reader, Consumer<String> sink) {
        try (reader) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                sink.accept(line);
            }
        } catch (IOException e) {
            // The process ended and took its pipe with it; what it had printed has been read.
        }
    }
}
