package io.berth.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A berth process of its own, which can be sent signals, and the lines that it has printed so far. */
final class RunningBerth implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Process process;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();

    private RunningBerth(Process process) {
        this.process = process;
        Thread.ofVirtual().start(() -> keep(process.inputReader(), out));
        Thread.ofVirtual().start(() -> keep(process.errorReader(), err));
    }

    static RunningBerth start(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        try {
            return new RunningBerth(new ProcessBuilder(command).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void keep(BufferedReader reader, List<String> lines) {
        try (reader) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException gone) {
            lines.add("(" + gone.getMessage() + ")");
        }
    }

    List<String> out() {
        return List.copyOf(out);
    }

    List<String> err() {
        return List.copyOf(err);
    }

    void type(String... lines) {
        try {
            for (String line : lines) {
                process.outputWriter().write(line + "\n");
            }
            process.outputWriter().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void endInput() {
        try {
            process.outputWriter().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a line of standard output that contains this, and returns it. */
    String awaitOut(String part) {
        return await(out, part, 1);
    }

    /** Waits until so many lines of standard output contain this. */
    void awaitOut(String part, int times) {
        await(out, part, times);
    }

    /** The same of standard error. */
    String awaitErr(String part) {
        return await(err, part, 1);
    }

    private String await(List<String> lines, String part, int times) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            List<String> found =
                    lines.stream().filter(line -> line.contains(part)).toList();
            if (found.size() >= times) {
                return found.getFirst();
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        throw new AssertionError("no line has '" + part + "'; standard output: " + out + ", standard error: " + err);
    }

    /** Waits for the end of the process, and returns its exit status. */
    int awaitExit() {
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("it ends")
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** SIGTERM; the exit status. */
    int terminate() {
        // Process.destroy would close the pipes as well, and its last words would be lost.
        process.toHandle().destroy();
        return awaitExit();
    }

    /** SIGKILL. */
    void kill() {
        process.toHandle().destroyForcibly();
        awaitExit();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
