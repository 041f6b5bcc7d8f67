package io.berth.metrics.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HttpEndpointTest {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    private final AtomicReference<List<String>> unready = new AtomicReference<>(List.of());
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(LONG_ENOUGH).build();
    private HttpEndpoint endpoint;

    @BeforeEach
    void start() throws IOException {
        endpoint = HttpEndpoint.start(
                ListenAddress.parse("127.0.0.1:0"),
                Router.EMPTY
                        .with(Probes.of(unready::get))
                        .with("/api/v1/pools", Page.json(() -> "[{\"name\": \"größer\"}]"))
                        .with(
                                "/api/v1/explain",
                                request -> Response.text(request.query().getOrDefault("service", "")))
                        .with("/accept", request -> Response.text(request.accept()))
                        .with("/empty", request -> Response.text(""))
                        .with(
                                "/long",
                                request -> Response.json(new Content.Streamed(out -> {
                                    for (int i = 0; i < 100_000; i++) {
                                        out.write("größer\n".getBytes(StandardCharsets.UTF_8));
                                    }
                                    out.flush();
                                })))
                        .with(
                                "/broken-half-way",
                                request -> Response.json(new Content.Streamed(out -> {
                                    out.write('[');
                                    out.flush();
                                    throw new IllegalStateException("secret of the house");
                                })))
                        .with("/broken", request -> {
                            throw new IllegalStateException("secret of the house");
                        }));
    }

    @AfterEach
    void stop() {
        endpoint.close();
        client.close();
    }

    @Test
    void everyPathHasItsPage() throws Exception {
        HttpResponse<String> answer = get("/api/v1/pools");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("[{\"name\": \"größer\"}]");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @Test
    void parametersAndAcceptReachThePage() throws Exception {
        assertThat(get("/api/v1/explain?service=team-a%2Fweb").body()).isEqualTo("team-a/web");
        assertThat(send(request("/accept").header("Accept", "text/plain").header("Accept", "*/*"))
                        .body())
                .isEqualTo("text/plain,*/*");
    }

    @Test
    void anUnknownPathIsNotFoundAndTellsWhatThereIs() throws Exception {
        HttpResponse<String> answer = get("/metric");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("/api/v1/pools", "/healthz", "/readyz");
        assertThat(get("/api/v1/pools/").statusCode()).isEqualTo(404);
    }

    @Test
    void headHasTheHeadersOfGetAndNoBody() throws Exception {
        HttpResponse<String> answer = send(request("/healthz").method("HEAD", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Length")).hasValue("3");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void otherMethodsAreNotAllowed() throws Exception {
        HttpResponse<String> answer = send(request("/api/v1/pools").POST(BodyPublishers.ofString("[]")));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void anEmptyBodyIsAWholeAnswer() throws Exception {
        assertThat(get("/empty").body()).isEmpty();
        assertThat(get("/empty").headers().firstValue("Content-Length")).hasValue("0");
    }

    @Test
    void aFailingPageIsAnInternalErrorThatTellsStrangersNothing() throws Exception {
        HttpResponse<String> answer = get("/broken");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("secret of the house");
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void aLongAnswerComesInPiecesAndWhole() throws Exception {
        assertThat(get("/long").body()).isEqualTo("größer\n".repeat(100_000));
        assertThat(send(request("/long").method("HEAD", BodyPublishers.noBody()))
                        .body())
                .isEmpty();
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void aLongAnswerThatFailsHalfWayEndsTooEarlyAndTellsStrangersNothing() throws Exception {
        assertThat(raw("GET /broken-half-way HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .contains("[")
                .doesNotContain("]", "secret of the house");
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void readinessNamesEveryReasonOnALineOfItsOwn() throws Exception {
        unready.set(List.of("services are not synced", "held addresses are not restored"));

        HttpResponse<String> answer = get("/readyz");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body().lines()).containsExactly("services are not synced", "held addresses are not restored");
        assertThat(get("/healthz").statusCode()).isEqualTo(200);

        unready.set(List.of());
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").body()).isEqualTo("ok\n");
    }

    @Test
    void answersForbidScriptsFromElsewhereAndSniffing() throws Exception {
        assertThat(get("/healthz").headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'none'", "script-src 'self'")
                        .doesNotContain("unsafe"));
        assertThat(get("/api/v1/pools").headers().firstValue("X-Content-Type-Options"))
                .hasValue("nosniff");
    }

    @Test
    void aPortInUseIsNamed() {
        InetSocketAddress taken = endpoint.address();

        assertThatIOException()
                .isThrownBy(() -> HttpEndpoint.start(taken, Router.EMPTY).close())
                .withMessageStartingWith("cannot listen for HTTP on 127.0.0.1:" + taken.getPort() + ": ");
    }

    @Test
    void anAddressThatIsNotOursIsNamed() {
        assertThatIOException()
                .isThrownBy(() -> HttpEndpoint.start(ListenAddress.parse("[2001:db8::7]:7472"), Router.EMPTY)
                        .close())
                .withMessageStartingWith("cannot listen for HTTP on [2001:db8:0:0:0:0:0:7]:7472: ");
    }

    @Test
    void whatListensEverywhereIsFoundOnLoopback() throws Exception {
        try (HttpEndpoint everywhere = HttpEndpoint.start(ListenAddress.parse(":0"), Router.EMPTY)) {
            assertThat(everywhere.uri())
                    .isEqualTo(URI.create(
                            "http://127.0.0.1:" + everywhere.address().getPort() + "/"));
            assertThat(client.send(HttpRequest.newBuilder(everywhere.uri()).build(), BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void aClosedEndpointIsNoLongerThere() {
        endpoint.close();

        assertThatThrownBy(() -> get("/healthz")).isInstanceOf(ConnectException.class);
    }

    @Test
    void clientsThatNeverFinishTheirRequestDelayNobodyAndAreCutOff() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                Socket socket = new Socket(
                        endpoint.address().getAddress(), endpoint.address().getPort());
                socket.setSoTimeout((int) LONG_ENOUGH.toMillis());
                socket.getOutputStream().write("GET /healthz HTTP/1.1\r\nHost: ".getBytes(StandardCharsets.US_ASCII));
                slow.add(socket);
            }

            assertThat(get("/healthz").statusCode()).isEqualTo(200);
            for (Socket socket : slow) {
                assertThat(isClosedByTheServer(socket)).isTrue();
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void aProbeIsAnsweredAtOnceBesideHundredsOfConnectionsThatSayNothing() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                silent.add(new Socket(
                        endpoint.address().getAddress(), endpoint.address().getPort()));
            }

            assertThat(send(request("/healthz").timeout(Duration.ofSeconds(1))).statusCode())
                    .isEqualTo(200);
            for (Socket socket : silent) {
                socket.setSoTimeout((int) LONG_ENOUGH.toMillis());
                assertThat(isClosedByTheServer(socket)).isTrue();
            }
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void aNameThatResolvesToLoopbackReadsNothing() throws IOException {
        assertThat(raw("GET /healthz HTTP/1.1\r\nHost: attacker.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421 ")
                .doesNotContain("ok\n");
        assertThat(raw("GET /healthz HTTP/1.1\r\nHost: localhost:7472\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(raw("GET /healthz HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @MethodSource("abuses")
    void whatNoClientWouldSendHarmsNobody(String abuse) throws Exception {
        String answer = raw(abuse);

        assertThat(answer).doesNotStartWith("HTTP/1.1 200");
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
    }

    static Stream<String> abuses() {
        String rest = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        return Stream.of(
                "\r\n\r\n",
                "GET\r\n\r\n",
                "GET mailto:somebody" + rest,
                "GET /%zz" + rest,
                "GET /../../etc/passwd" + rest,
                "TRACE /healthz" + rest,
                "get /healthz" + rest,
                "GET /" + "a".repeat(100_000) + rest,
                "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(100_000) + "\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost: localhost\r\n" + "X: y\r\n".repeat(1000) + "\r\n",
                "GET /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999999999999\r\n\r\n");
    }

    /** What comes back for these bytes until the server closes. */
    private String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(endpoint.address().getAddress(), endpoint.address().getPort())) {
            socket.setSoTimeout((int) LONG_ENOUGH.toMillis());
            StringBuilder answer = new StringBuilder();
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                for (int next = socket.getInputStream().read();
                        next >= 0;
                        next = socket.getInputStream().read()) {
                    answer.append((char) next);
                }
            } catch (SocketTimeoutException stillOpen) {
                throw stillOpen;
            } catch (IOException reset) {
                answer.append("(reset)");
            }
            return answer.toString();
        }
    }

    @Test
    void aPageThatTakesLongDelaysNoOther() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Page slow = request -> {
            try {
                release.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return Response.text("at last");
        };
        try (HttpEndpoint other = HttpEndpoint.start(
                ListenAddress.parse("127.0.0.1:0"),
                Router.EMPTY.with("/slow", slow).with(Probes.of(List::of)))) {
            List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                waiting.add(client.sendAsync(
                        HttpRequest.newBuilder(other.uri().resolve("/slow")).build(), BodyHandlers.ofString()));
            }

            HttpResponse<String> quick = client.send(
                    HttpRequest.newBuilder(other.uri().resolve("/healthz")).build(), BodyHandlers.ofString());
            assertThat(quick.statusCode()).isEqualTo(200);

            release.countDown();
            assertThat(waiting)
                    .allSatisfy(answer -> assertThat(answer.orTimeout(30, TimeUnit.SECONDS)
                                    .join()
                                    .body())
                            .isEqualTo("at last"));
        }
    }

    @Test
    void answersThatTakeTheProcessorKeepNobodyFromAProbe() throws Exception {
        AtomicBoolean busy = new AtomicBoolean(true);
        Page endless = request -> Response.json(new Content.Streamed(out -> {
            while (busy.get()) {
                Thread.onSpinWait();
            }
        }));
        try (HttpEndpoint other = HttpEndpoint.start(
                ListenAddress.parse("127.0.0.1:0"),
                Router.EMPTY.with("/endless", endless).with(Probes.of(List::of)))) {
            List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
            for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
                waiting.add(client.sendAsync(
                        HttpRequest.newBuilder(other.uri().resolve("/endless")).build(), BodyHandlers.ofString()));
            }

            HttpResponse<String> probed = client.send(
                    HttpRequest.newBuilder(other.uri().resolve("/healthz"))
                            .timeout(LONG_ENOUGH)
                            .build(),
                    BodyHandlers.ofString());
            assertThat(probed.statusCode()).isEqualTo(200);

            busy.set(false);
            assertThat(waiting)
                    .allSatisfy(answer -> assertThat(answer.orTimeout(30, TimeUnit.SECONDS)
                                    .join()
                                    .statusCode())
                            .isEqualTo(200));
        } finally {
            busy.set(false);
        }
    }

    private static boolean isClosedByTheServer(Socket socket) {
        try {
            return socket.getInputStream().read() == -1;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(endpoint.uri().resolve(path)).timeout(LONG_ENOUGH);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
