package io.berth.k8s.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.berth.metrics.http.Api.Part;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTest {

    @Test
    void pathsAreRelativeToWhatLiesInFront() {
        assertThat(Server.parse("http://127.0.0.1:7472").base()).isEqualTo(URI.create("http://127.0.0.1:7472/"));
        assertThat(Server.parse("https://[::1]/pods/berth:7472/proxy").base())
                .isEqualTo(URI.create("https://[::1]/pods/berth:7472/proxy/"));
        assertThat(Server.parse("http://127.0.0.1:7472/")).hasToString("http://127.0.0.1:7472");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1:7472",
                "localhost:7472",
                ":7472",
                "ftp://127.0.0.1",
                "http://",
                "http:7472",
                "http://a b",
                "http://user@host",
                "http://host/?a=b",
                "http://host/#a"
            })
    void everythingElseIsToldToBeNone(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Server.parse(text))
                .withMessage("'" + text + "' is not the URL of a server; write http://127.0.0.1:7472 for example");
    }

    @Test
    void nobodyThereIsSaid() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        Server server = Server.parse("http://127.0.0.1:" + port);

        assertThat(server.ask("readyz"))
                .isEqualTo(
                        new Reply.Silent("no process answers at " + server + " (--server names the process to ask)"));
    }

    @Test
    void nameThatNobodyHasIsSaid() {
        assertThat(Server.parse("http://nobody.invalid:7472").ask("readyz"))
                .isEqualTo(new Reply.Silent("nobody is called nobody.invalid (--server names the process to ask)"));
    }

    @Test
    void whoeverSpeaksAnotherProtocolIsNoBerth() throws IOException {
        try (Fake router = new Fake("\u00ff\u00ff\u00ff\u00ff BGP\r\n\r\n")) {
            assertThat(router.asked(Duration.ofSeconds(10)))
                    .startsWith(router.server() + " does not answer as a berth process does: ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n[{",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n"
            })
    void whoeverAnswersWithSomethingElseIsNoBerth(String answer) throws IOException {
        try (Fake other = new Fake(answer)) {
            assertThat(Reading.of(other.server(), Part.POOLS))
                    .isInstanceOfSatisfying(
                            Reading.NotTold.class,
                            not -> assertThat(not.why())
                                    .startsWith(
                                            other.server() + " does not answer as a berth process does: HTTP status "));
        }
    }

    @Test
    void whatIsToldOfAFailureStaysOneLine() throws IOException {
        String error = "{\"message\": \"no\\nsuch \\u001bservice\"}";
        try (Fake apiServer = new Fake("HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: "
                + error.length() + "\r\n\r\n" + error)) {
            assertThat(Reading.of(apiServer.server(), Part.POOLS)).isEqualTo(new Reading.NotTold("no?such ?service"));
        }
    }

    @Test
    void answerThatNeverEndsIsNotWaitedFor() throws IOException {
        try (Fake slow = new Fake("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\nok")) {
            assertThat(slow.asked(Duration.ofSeconds(1)))
                    .isEqualTo(slow.server() + " has sent no whole answer within 1 s");
        }
    }

    @Test
    void answerThatNeverBeginsIsNotWaitedFor() throws IOException {
        try (Fake silent = new Fake("")) {
            Reply reply = silent.server()
                    .ask(
                            "readyz",
                            new Server.Bounds(
                                    Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofSeconds(30), 1000));

            assertThat(reply).isEqualTo(new Reply.Silent(silent.server() + " has not answered within 1 s"));
        }
    }

    @Test
    void answerThatIsTooLongIsNotRead() throws IOException {
        try (Fake endless = new Fake("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n" + "a".repeat(1001))) {
            assertThat(endless.asked(Duration.ofSeconds(10))).contains("does not answer as a berth process does");
        }
    }

    /** Says one thing to whoever connects, whatever was asked, and keeps the connection. */
    private static final class Fake implements AutoCloseable {

        private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));

        Fake(String answer) throws IOException {
            Thread.ofVirtual().start(() -> {
                try (Socket client = listening.accept()) {
                    client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                    client.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException gone) {
                    // The client has seen enough.
                }
            });
        }

        Server server() {
            return Server.parse("http://127.0.0.1:" + listening.getLocalPort());
        }

        String asked(Duration within) {
            Reply reply = server().ask("readyz", new Server.Bounds(within, within, within, 1000));
            assertThat(reply).isInstanceOf(Reply.Silent.class);
            return ((Reply.Silent) reply).why();
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }
}
