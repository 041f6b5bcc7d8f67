package io.berth.metrics.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JDK's HTTP server in front of a {@link Router}.
 *
 * <p>A client is read and written on a virtual thread of its own, so that a slow one holds up nobody. What bounds the
 * threads and the memory are the limits below on connections, on the size of a request's head, and on the time that a
 * client may take. The JDK knows these limits as system properties only, read when its first server is made.
 *
 * <p>Long answers are made on a few threads of their own. They take the processor for seconds, and virtual threads that do not
 * pause give way to nobody: a kubelet that asks in the meantime would take the process for dead.
 */
public final class HttpEndpoint implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);

    /** Whoever sets one of these on the command line has the last word. Times are in seconds. */
    private static final Map<String, String> LIMITS = Map.of(
            // One more is closed at once, a kubelet's probe like any other: there must be room beside many that say
            // nothing.
            "jdk.httpserver.maxConnections", "1024",
            "sun.net.httpserver.maxIdleConnections", "64",
            "sun.net.httpserver.maxReqHeaders", "64",
            "sun.net.httpserver.maxReqHeaderSize", "16384",
            // Those that say nothing, or not all of it, are gone so soon; the JDK looks for the former seldom unless it
            // is told to.
            "sun.net.httpserver.maxReqTime", "5",
            "sun.net.httpserver.clockTick", "1000",
            "sun.net.httpserver.maxRspTime", "30",
            // Without it every answer waits for the delayed acknowledgement of its headers, 40 ms.
            "sun.net.httpserver.nodelay", "true");

    static {
        LIMITS.forEach((name, value) -> System.getProperties().putIfAbsent(name, value));
    }

    /** Pages may load nothing from elsewhere, run nothing inline, be framed by nobody; names from a cluster are in them. */
    private static final Map<String, String> PROTECTION = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cache-Control",
            "no-store");

    /** How the JDK is told that a body comes in chunks. */
    private static final int LENGTH_UNKNOWN = 0;

    private static final int PIECE = 1 << 16;

    private static final int LONG_ANSWERS_AT_ONCE = 2;

    private final HttpServer server;
    private final ExecutorService clients;
    private final ExecutorService longAnswers;
    private final Router router;

    private HttpEndpoint(HttpServer server, Router router) {
        this.server = server;
        this.router = router;
        this.clients = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("http-", 0).factory());
        this.longAnswers = Executors.newFixedThreadPool(
                LONG_ANSWERS_AT_ONCE,
                Thread.ofPlatform().daemon().name("http-long-", 0).factory());
    }

    /**
     * Listens and answers from now on.
     *
     * @throws IOException with a message that names the address, when it cannot be listened on
     */
    public static HttpEndpoint start(InetSocketAddress address, Router router) throws IOException {
        HttpEndpoint endpoint = new HttpEndpoint(listening(address), router);
        endpoint.server.setExecutor(endpoint.clients);
        endpoint.server.createContext("/", endpoint::serve);
        endpoint.server.start();
        return endpoint;
    }

    private static HttpServer listening(InetSocketAddress address) throws IOException {
        try {
            return HttpServer.create(address, 0);
        } catch (BindException refused) {
            throw new IOException("cannot listen for HTTP on " + text(address) + ": " + refused.getMessage(), refused);
        }
    }

    /** Where it listens, with the port that the system chose if it was left to it. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Where a client on this machine finds it, {@code http://127.0.0.1:7472/}. */
    public URI uri() {
        InetAddress listening = address().getAddress();
        InetAddress reachable = listening.isAnyLocalAddress() ? InetAddress.ofLiteral("127.0.0.1") : listening;
        return URI.create(
                "http://" + text(new InetSocketAddress(reachable, address().getPort())) + "/");
    }

    /** Stops at once, whatever clients are still being answered. */
    @Override
    public void close() {
        server.stop(0);
        clients.shutdownNow();
        longAnswers.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(answer(exchange), exchange);
        } catch (RuntimeException failure) {
            LOG.error("{} {} failed half way", exchange.getRequestMethod(), exchange.getRequestURI(), failure);
        }
    }

    /** A page that fails must not take its client's connection with it without a word, nor tell strangers why. */
    private Response answer(HttpExchange exchange) {
        try {
            return LoopbackName.isAnothers(exchange.getLocalAddress().getAddress(), names(exchange))
                    ? Response.misdirected()
                    : router.answer(request(exchange));
        } catch (RuntimeException failure) {
            LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), failure);
            return Response.internalError();
        }
    }

    private static List<String> names(HttpExchange exchange) {
        return exchange.getRequestHeaders().getOrDefault("Host", List.of());
    }

    private static Request request(HttpExchange exchange) {
        URI uri = exchange.getRequestURI();
        return new Request(
                exchange.getRequestMethod(),
                uri.getPath(),
                Request.parameters(Objects.requireNonNullElse(uri.getRawQuery(), "")),
                String.join(",", exchange.getRequestHeaders().getOrDefault("Accept", List.of())));
    }

    private void send(Response response, HttpExchange exchange) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        PROTECTION.forEach(headers::set);
        headers.set("Content-Type", response.contentType());
        if (response.status() == 405) {
            headers.set("Allow", "GET, HEAD");
        }
        boolean headersOnly = exchange.getRequestMethod().equals("HEAD");
        switch (response.content()) {
            case Content.Whole(String text) -> {
                byte[] body = text.getBytes(StandardCharsets.UTF_8);
                if (headersOnly) {
                    headers.set("Content-Length", Integer.toString(body.length));
                }
                exchange.sendResponseHeaders(response.status(), headersOnly || body.length == 0 ? -1 : body.length);
                if (!headersOnly) {
                    exchange.getResponseBody().write(body);
                }
            }
            case Content.Streamed(Content.Writing writing) -> {
                exchange.sendResponseHeaders(response.status(), headersOnly ? -1 : LENGTH_UNKNOWN);
                if (!headersOnly) {
                    write(writing, exchange.getResponseBody());
                }
            }
        }
    }

    private void write(Content.Writing writing, OutputStream body) throws IOException {
        try (OutputStream pieces = new BufferedOutputStream(body, PIECE)) {
            longAnswers
                    .submit(() -> {
                        writing.to(pieces);
                        return null;
                    })
                    .get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof IOException gone) {
                throw gone;
            }
            throw new IllegalStateException(failure.getCause());
        } catch (InterruptedException stopped) {
            throw new InterruptedIOException("stopped");
        }
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
