package io.berth.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of it: manifests in a directory on one side, a router on the other. */
class RunCommandTest {

    private static final String POOL = """
        apiVersion: metallb.io/v1beta1
        kind: IPAddressPool
        metadata: {name: pool}
        spec: {addresses: [10.0.1.0/28]}
        """;

    private static final String ADVERTISEMENT = """
        apiVersion: metallb.io/v1beta1
        kind: BGPAdvertisement
        metadata: {name: everything}
        """;

    private static final String ENDPOINTS = """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {namespace: team-a, name: web-1, labels: {kubernetes.io/service-name: web}}
        endpoints: [{addresses: [10.244.0.1], nodeName: node, conditions: {ready: %s}}]
        """;

    private final RunningBerth collector =
            RunningBerth.start("collect", "--listen", "127.0.0.1:0", "--local-as", "64513", "--router-id", "10.0.0.2");
    private final String routerPort = collector.awaitErr("listening on").replaceFirst(".*:", "");

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void writeManifests() throws IOException {
        write("pool.yaml", POOL);
        write("advertisement.yaml", ADVERTISEMENT);
        write("web.yaml", service("web"));
        write("peer.yaml", """
            apiVersion: metallb.io/v1beta2
            kind: BGPPeer
            metadata: {name: tor}
            spec: {myASN: 64512, peerASN: 64513, peerAddress: 127.0.0.1, peerPort: %s}
            """.formatted(routerPort));
    }

    @AfterEach
    void end() {
        collector.close();
    }

    @Test
    void serviceGetsAnAddressAndTheRouterItsRoute() throws IOException, InterruptedException {
        try (RunningBerth berth = run()) {
            collector.awaitOut("+ 10.0.1.0/32 via 127.0.0.1 path 64512 from");

            String url = url(berth);
            assertThat(get(url + "readyz")).isEqualTo("200 ok\n");
            assertThat(get(url + "api/v1/routes")).contains("\"prefix\": \"10.0.1.0/32\"", "\"team-a/web\"");
            assertThat(get(url + "api/v1/peers")).contains("\"name\": \"tor\"", "\"state\": \"Established\"");
            assertThat(get(url + "api/v1/allocations")).contains("\"addresses\": [", "\"10.0.1.0\"");
            assertThat(get(url + "api/v1/pools")).contains("\"available\": 15");
            assertThat(get(url + "api/v1/explain?service=team-a/web"))
                    .contains("\"verdict\": \"Selected\"", "\"announced\": [");
            assertThat(get(url + "api/v1/explain?service=team-a/nothing")).startsWith("404");
            assertThat(get(url + "metrics"))
                    .contains(
                            "berth_bgp_session_up{peer=\"tor\"} 1.0",
                            "berth_pool_addresses{family=\"ipv4\",pool=\"pool\",state=\"assigned\"} 1.0");
        }
    }

    @Test
    void routeGoesWithItsService() throws IOException {
        try (RunningBerth _ = run()) {
            collector.awaitOut("+ 10.0.1.0/32");

            Files.delete(directory.resolve("web.yaml"));

            collector.awaitOut("- 10.0.1.0/32");
        }
    }

    @Test
    void routeGoesWithTheEndpointsAndComesBackWithThem() throws IOException {
        try (RunningBerth _ = run()) {
            collector.awaitOut("+ 10.0.1.0/32");

            write("endpoints.yaml", ENDPOINTS.formatted("false"));
            collector.awaitOut("- 10.0.1.0/32");
            write("other.yaml", service("other"));
            collector.awaitOut("+ 10.0.1.1/32");

            write("endpoints.yaml", ENDPOINTS.formatted("true"));
            collector.awaitOut("+ 10.0.1.0/32", 2);
        }
    }

    @Test
    void routeGoesWithItsPool() throws IOException {
        try (RunningBerth _ = run()) {
            collector.awaitOut("+ 10.0.1.0/32");

            Files.delete(directory.resolve("pool.yaml"));

            collector.awaitOut("- 10.0.1.0/32");
        }
    }

    @Test
    void restartKeepsAddressesWhateverHasComeFreeBelowThem() throws IOException {
        try (RunningBerth berth = run()) {
            collector.awaitOut("+ 10.0.1.0/32");
            write("other.yaml", service("other"));
            collector.awaitOut("+ 10.0.1.1/32");
            Files.delete(directory.resolve("web.yaml"));
            collector.awaitOut("- 10.0.1.0/32");

            berth.kill();
            collector.awaitOut("- 10.0.1.1/32");
        }
        try (RunningBerth berth = run()) {
            collector.awaitOut("+ 10.0.1.1/32", 2);
            assertThat(berth.terminate()).isZero();
        }
        collector.awaitOut("Cease/Administrative Shutdown (6/2), saying \"berth was stopped\"");
    }

    @Test
    void whoIsToldToStopDrainsFirstAndEndsTheSessionsThen() throws IOException {
        try (RunningBerth berth = run("--drain", "1")) {
            collector.awaitOut("+ 10.0.1.0/32");

            assertThat(berth.terminate()).isZero();
        }
        collector.awaitOut("+ 10.0.1.0/32 via 127.0.0.1 path 64512 communities 65535:0 ");
        collector.awaitOut("Cease/Administrative Shutdown (6/2), saying \"berth was stopped\"");
    }

    @Test
    void aTimeToDrainThatIsNoneIsRefused() {
        assertThat(Run.berth("run", "--cluster", directory.toString(), "--drain", "5m")
                        .err())
                .contains("--drain", "must be 0 to 3600 seconds, got '5m'");
    }

    @Test
    void releasedAddressIsKeptForItsServiceOverARestart() throws IOException {
        write("pool.yaml", POOL.replace("name: pool", "name: pool, annotations: {berth.io/hold-released: 24h}"));
        try (RunningBerth _ = run()) {
            collector.awaitOut("+ 10.0.1.0/32");
        }
        Files.delete(directory.resolve("web.yaml"));
        write("other.yaml", service("other"));
        try (RunningBerth _ = run()) {
            collector.awaitOut("+ 10.0.1.1/32");
            write("web.yaml", service("web"));
            collector.awaitOut("+ 10.0.1.0/32", 2);
        }
        assertThat(Files.readString(directory.resolve(".berth/pools/pool.yaml")))
                .contains("10.0.1.0 team-a/web, 10.0.1.1 team-a/other");
    }

    @Test
    void mistakeInAFileIsOneLineAndChangesNothingUntilItIsMended() throws IOException {
        try (RunningBerth berth = run()) {
            collector.awaitOut("+ 10.0.1.0/32");

            write("pool.yaml", POOL.replace("10.0.1.0/28", "10.0.1.0/33"));
            assertThat(berth.awaitErr("10.0.1.0/33")).contains("IPAddressPool/pool", "spec.addresses[0]");
            write("other.yaml", service("other"));
            collector.awaitOut("+ 10.0.1.1/32");

            write("pool.yaml", POOL.replace("10.0.1.0/28", "10.0.1.0/30"));
            write("third.yaml", service("third"));
            collector.awaitOut("+ 10.0.1.2/32");
            assertThat(collector.out()).noneMatch(line -> line.startsWith("- "));
        }
    }

    @Test
    void portInUseIsOneLineAndStatus2() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Run run =
                    Run.berth("run", "--cluster", directory.toString(), "--http", "127.0.0.1:" + taken.getLocalPort());

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err())
                    .startsWith("berth run: cannot listen for HTTP on 127.0.0.1:" + taken.getLocalPort())
                    .hasLineCount(1);
        }
    }

    @Test
    void directoryThatIsNotThereIsOneLineAndStatus2() {
        Run run = Run.berth("run", "--cluster", directory.resolve("nothing").toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("nothing: not a directory").hasLineCount(1);
    }

    @Test
    void severalNodesNeedANameOrItIsOneLineAndStatus2() throws IOException {
        write("nodes.yaml", node("node-1") + "---\n" + node("node-2"));

        Run run = Run.berth("run", "--cluster", directory.toString(), "--http", "127.0.0.1:0");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .endsWith("there are several nodes, node-1, node-2; say which this is with --node-name\n")
                .hasLineCount(1);
    }

    private RunningBerth run(String... more) {
        List<String> words =
                new ArrayList<>(List.of("run", "--cluster", directory.toString(), "--http", "127.0.0.1:0"));
        words.addAll(List.of(more));
        return RunningBerth.start(words.toArray(String[]::new));
    }

    private static String url(RunningBerth berth) {
        Matcher url = Pattern.compile("http=(\\S+)").matcher(berth.awaitErr("serving"));
        assertThat(url.find()).isTrue();
        return url.group(1);
    }

    private static String get(String url) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var response = client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        }
    }

    private void write(String file, String manifest) throws IOException {
        Files.writeString(directory.resolve(file), manifest);
    }

    private static String service(String name) {
        return """
            apiVersion: v1
            kind: Service
            metadata: {namespace: team-a, name: %s}
            spec: {type: LoadBalancer, clusterIPs: [10.96.0.1]}
            """.formatted(name);
    }

    private static String node(String name) {
        return """
            apiVersion: v1
            kind: Node
            metadata: {name: %s}
            """.formatted(name);
    }
}
