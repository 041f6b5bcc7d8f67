package io.berth.testenv;

import static io.berth.testenv.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What an operator types at a running process, from the launcher to the exit status. */
class LiveCommandsIT {

    private static BerthProcess router;
    private static BerthProcess berth;
    private static Path directory;
    private static String server;

    /** One command that has ended. */
    private record Typed(int status, String out, String err) {}

    @BeforeAll
    static void berthServesARouter(@TempDir Path empty) throws IOException {
        directory = empty;
        router = BerthProcess.start(
                "collect", "--listen", "127.0.0.1:0", "--local-as", "64513", "--router-id", "10.0.0.2");
        String port = router.awaitLine("where it listens", line -> line.contains("listening on"))
                .replaceFirst(".*:", "");
        Files.writeString(directory.resolve("manifests.yaml"), manifests(port));
        berth = BerthProcess.start("run", "--cluster", directory.toString(), "--http", "127.0.0.1:0");
        server = berth.awaitLine("where it serves", line -> line.contains("http="))
                .replaceFirst(".*http=(\\S+)/.*", "$1");
        router.awaitLine("the route", line -> line.contains("198.51.100.0/32"));
    }

    @AfterAll
    static void end() {
        berth.close();
        router.close();
    }

    @Test
    void statusOfAReadyProcess() {
        assertThat(ask("status")).isEqualTo(new Typed(0, "ready\n", ""));
        assertThat(ask("status", "-o", "json").out()).isEqualToIgnoringWhitespace("{\"ready\": true, \"reasons\": []}");
    }

    @Test
    void poolsAsTables() {
        String table = """
            POOL         PRIORITY   AUTO-ASSIGN   IPV4-USED   IPV4-FREE   NAMESPACES
            team-a-ips   50         true          1           15          team-a=1
            """;

        assertThat(ask("pools")).isEqualTo(new Typed(0, table, ""));
        assertThat(ask("pools", "team-a-ips")).isEqualTo(new Typed(0, table, ""));
        assertThat(ask("pools", "team-b-ips"))
                .isEqualTo(new Typed(1, "", "berth pools: there is no pool team-b-ips (did you mean team-a-ips?)\n"));
    }

    @Test
    void allocationsAsTables() {
        assertThat(ask("allocations").out().lines())
                .satisfiesExactly(
                        header -> assertThat(header).startsWith("NAMESPACE   SERVICE   ADDRESS"),
                        one -> assertThat(one)
                                .matches("team-a +web +198\\.51\\.100\\.0 +team-a-ips +(Allocated|Kept) .*"),
                        two -> assertThat(two).matches("team-b +web +<pending> +<none> +NoPoolAdmits .*"));
        assertThat(ask("allocations", "-n", "team-b").out()).hasLineCount(2).contains("NoPoolAdmits");
    }

    @Test
    void peersAsTables() {
        assertThat(ask("peers").out().lines())
                .satisfiesExactly(
                        header -> assertThat(header).startsWith("PEER    ADDRESS"),
                        peer -> assertThat(peer).matches("tor-1 +127\\.0\\.0\\.1:\\d+ +Established +\\S+Z +1 +0 +0"));
    }

    @Test
    void routesAsTables() {
        String table = """
            NODE   PEER    PREFIX            LOCAL-PREF   COMMUNITIES   SERVICES
            node   tor-1   198.51.100.0/32   <none>       64512:100     team-a/web
            """;

        assertThat(ask("routes")).isEqualTo(new Typed(0, table, ""));
        assertThat(ask("routes", "--peer", "tor-1", "--node", "node").out()).isEqualTo(table);
        assertThat(ask("routes", "--peer", "tor-2")).isEqualTo(new Typed(0, "No routes to peer tor-2.\n", ""));
    }

    @Test
    void explanationReadsLikeThatOfThePlan() {
        Typed planned = type(
                "explain",
                "team-b/web",
                "-f",
                directory.resolve("manifests.yaml").toString());

        assertThat(planned.out()).contains("NoPoolAdmits", "NamespaceNotAllowed", "NoAddress");
        assertThat(ask("explain", "team-b/web")).isEqualTo(planned);
        assertThat(ask("explain", "team-a/web").out()).contains("Selected", "Announced:\n", "198.51.100.0/32");
    }

    @ParameterizedTest
    @CsvSource({
        "pools, pools",
        "allocations, allocations",
        "routes, routes",
        "explain team-a/web, explain?service=team-a/web"
    })
    void machinesGetWhatTheProcessSends(String command, String path) throws Exception {
        Typed typed = ask((command + " -o json").split(" "));

        assertThat(typed.status()).isZero();
        assertThat(typed.out()).isEqualTo(sent(path) + "\n");
    }

    @Test
    void machinesGetPeersToo() {
        assertThat(new JsonMapper()
                        .readTree(ask("peers", "-o", "json").out())
                        .path(0)
                        .propertyNames())
                .containsExactly(
                        "name", "address", "port", "state", "since", "reason", "identifier", "pending", "announced");
    }

    @Test
    void wrongServiceIsNotSoAndTheRightOneIsSuggested() {
        assertThat(ask("explain", "team-a/wen"))
                .isEqualTo(
                        new Typed(1, "", "berth explain: there is no Service team-a/wen (did you mean team-a/web?)\n"));
        assertThat(ask("explain", "web").status()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "pools", "allocations", "peers", "routes", "explain team-a/web"})
    void wrongPortIsOneLine(String command) throws IOException {
        String nowhere;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            nowhere = "http://127.0.0.1:" + free.getLocalPort();
        }
        String[] words = (command + " --server " + nowhere).split(" ");

        assertThat(type(words))
                .isEqualTo(new Typed(
                        1,
                        "",
                        "berth " + words[0] + ": no process answers at " + nowhere
                                + " (--server names the process to ask)\n"));
    }

    @Test
    void portOfTheRouterIsNoBerth() {
        String bgp = router.awaitLine("where it listens", line -> line.contains("listening on"))
                .replaceFirst(".*listening on ", "http://");

        Typed typed = type("pools", "--server", bgp);

        assertThat(typed.status()).isEqualTo(1);
        assertThat(typed.err())
                .startsWith("berth pools: " + bgp + " does not answer as a berth process does")
                .hasLineCount(1);
    }

    @Test
    void processThatDoesNotKnowItsNodeIsUnreadyAndSaysWhy(@TempDir Path other) throws IOException {
        Files.writeString(other.resolve("node.yaml"), node("node-1"));
        try (BerthProcess lost = BerthProcess.start("run", "--cluster", other.toString(), "--http", "127.0.0.1:0")) {
            String at = lost.awaitLine("where it serves", line -> line.contains("http="))
                    .replaceFirst(".*http=(\\S+)/.*", "$1");
            Files.writeString(other.resolve("node.yaml"), node("node-2"));

            String said = "not ready: there is no Node node-1, only node-2\n";
            eventually(() -> assertThat(type("status", "--server", at)).isEqualTo(new Typed(1, said, "")));
        }
    }

    private static String manifests(String routerPort) {
        return """
            apiVersion: metallb.io/v1beta1
            kind: IPAddressPool
            metadata: {name: team-a-ips}
            spec: {addresses: [198.51.100.0/28], serviceAllocation: {priority: 50, namespaces: [team-a]}}
            ---
            apiVersion: metallb.io/v1beta1
            kind: BGPAdvertisement
            metadata: {name: everything}
            spec: {communities: ["64512:100"]}
            ---
            apiVersion: metallb.io/v1beta2
            kind: BGPPeer
            metadata: {name: tor-1}
            spec: {myASN: 64512, peerASN: 64513, peerAddress: 127.0.0.1, peerPort: %s}
            ---
            apiVersion: v1
            kind: Service
            metadata: {namespace: team-a, name: web}
            spec: {type: LoadBalancer, clusterIPs: [10.96.0.1]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {namespace: team-b, name: web}
            spec: {type: LoadBalancer, clusterIPs: [10.96.0.2]}
            """.formatted(routerPort);
    }

    private static String node(String name) {
        return """
            apiVersion: v1
            kind: Node
            metadata: {name: %s}
            """.formatted(name);
    }

    private static String sent(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI page = URI.create(server + "/api/v1/" + path);
            return client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private static Typed ask(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--server", server));
        return type(all.toArray(String[]::new));
    }

    private static Typed type(String... words) {
        List<String> command = new ArrayList<>(List.of(BerthProcess.launcher().toString()));
        command.addAll(List.of(words));
        try {
            Process process = new ProcessBuilder(command).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Typed(process.waitFor(), out, err);
        } catch (IOException unable) {
            throw new UncheckedIOException(unable);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
