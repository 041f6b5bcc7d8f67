package io.berth.testenv.bench.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;

/** A process that is measured, with what can be asked of it from outside. */
final class Server implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration GLANCE = Duration.ofMillis(5);

    private final Start start;
    private final Process process;
    private final long startedAt;

    /**
     * How it is started.
     *
     * @param readiness answers 200 once it is ready
     * @param heap the bytes in use on its heap after a full collection, which this asks for
     */
    record Start(
            List<String> command,
            Map<String, String> environment,
            Path log,
            URI readiness,
            ToDoubleFunction<Server> heap) {}

    private Server(Start start, Process process, long startedAt) {
        this.start = start;
        this.process = process;
        this.startedAt = startedAt;
        // However the benchmark ends, nobody goes on announcing.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    }

    static Server start(Start start) {
        ProcessBuilder builder = new ProcessBuilder(start.command())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(start.log().toFile()));
        builder.environment().putAll(start.environment());
        long now = System.nanoTime();
        try {
            return new Server(start, builder.start(), now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same once more, after this one has ended. */
    Server again() {
        close();
        return start(start);
    }

    long pid() {
        return process.pid();
    }

    /** Waits until it says that it is ready, and returns how long that took from its start. */
    Duration awaitReady() {
        while (!isReady()) {
            if (!process.isAlive()) {
                throw new IllegalStateException(start.command().getFirst() + " ended; see " + start.log());
            }
            if (System.nanoTime() - startedAt > PATIENCE.toNanos()) {
                throw new IllegalStateException(start.command().getFirst() + " is not ready; see " + start.log());
            }
            LockSupport.parkNanos(GLANCE.toNanos());
        }
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    private boolean isReady() {
        try {
            return get(start.readiness()).statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    double heap() {
        return start.heap().applyAsDouble(this);
    }

    static HttpResponse<String> get(URI uri) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGTERM, and after a while SIGKILL. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
