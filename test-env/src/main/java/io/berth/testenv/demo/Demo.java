package io.berth.testenv.demo;

import io.berth.testenv.BerthProcess;
import io.berth.testenv.Eventually;
import io.berth.testenv.demo.DemoRouter.TableEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The main job on real input: the guide's manifests go in, each Service gets its address from the right pool, one BGP session
 * comes up, and the router shows the routes. What must arrive is what {@code berth plan} says of the same manifests.
 */
public final class Demo {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path manifests;
    private final String url;

    private Demo(Path manifests, String url) {
        this.manifests = manifests;
        this.url = url;
    }

    /** Exit status 0 only when every expected route arrived; 2 for a wrong flag. */
    public static void main(String[] arguments) throws Exception {
        DemoOptions options;
        try {
            options = DemoOptions.of(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println("demo: " + e.getMessage());
            System.exit(2);
            return;
        }
        System.exit(run(options));
    }

    private static int run(DemoOptions options) throws IOException {
        Path root = Path.of(System.getProperty("berth.root"));
        Path manifests = freshCopy(root.resolve("test-env/guide"), root.resolve("test-env/target/demo"));
        String http = options.httpAddress();
        var demo = new Demo(manifests, "http://" + http);
        try (DemoRouter router = options.startRouter();
                DemoCluster cluster = options.startCluster(manifests)) {
            Files.writeString(manifests.resolve("peer.yaml"), router.peerManifest());
            heading("Cluster: " + cluster.description() + ". Router: " + router.description() + ".");
            Set<String> expected = demo.expectedPrefixes();
            cluster.serve(http);
            return demo.show(options, router, expected, cluster);
        }
    }

    private int show(DemoOptions options, DemoRouter router, Set<String> expected, DemoCluster cluster) {
        settle(router, expected, cluster);
        if (isAlive(cluster)) {
            print(router);
        }
        if (!prefixes(router).equals(expected)) {
            cluster.processes().forEach(process -> process.stderr().forEach(System.err::println));
            System.err.println("demo: expected " + expected + " at the router, it has " + prefixes(router));
            return 1;
        }
        System.out.printf("%nAll %d expected routes arrived.%n", expected.size());
        if (options.once()) {
            return 0;
        }
        System.out.printf("Running on. %s; the status page is %s/. Ctrl-C ends it.%n", cluster.invitation(), url);
        new TableWatch(router).printChangesWhile(() -> isAlive(cluster));
        return 1;
    }

    /** Waits for what must come; what has not come by then is shown as it is. */
    private void settle(DemoRouter router, Set<String> expected, DemoCluster cluster) {
        try {
            Eventually.eventually(PATIENCE, () -> isReady() || !isAlive(cluster), settled -> settled);
            Eventually.eventually(
                    PATIENCE, () -> prefixes(router), table -> table.equals(expected) || !isAlive(cluster));
        } catch (AssertionError e) {
            System.err.println("demo: " + e.getMessage());
        }
    }

    private static boolean isAlive(DemoCluster cluster) {
        return cluster.processes().stream().allMatch(BerthProcess::isAlive);
    }

    private static Path freshCopy(Path manifests, Path target) throws IOException {
        if (Files.exists(target)) {
            try (Stream<Path> old = Files.walk(target)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Path cluster = Files.createDirectories(target.resolve("cluster"));
        try (Stream<Path> files = Files.list(manifests)) {
            for (Path file : files.toList()) {
                Files.copy(file, cluster.resolve(file.getFileName()));
            }
        }
        return cluster;
    }

    /** What the router should hold, said by {@code berth plan} before anything runs. */
    private Set<String> expectedPrefixes() {
        try (BerthProcess plan = BerthProcess.start("plan", "-f", manifests.toString(), "-o", "json")) {
            if (plan.awaitExit() != 0) {
                throw new IllegalStateException("berth plan failed: " + plan.stderr());
            }
            return JSON.readTree(String.join("\n", plan.stdout()))
                    .path("routes")
                    .valueStream()
                    .map(route -> route.path("prefix").asString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> prefixes(DemoRouter router) {
        return router.table().stream().map(TableEntry::prefix).collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean isReady() {
        try {
            return get("/readyz").statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private HttpResponse<String> get(String path) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(url + path)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void print(DemoRouter router) {
        heading("Who got which address, from which pool, and why");
        var services = new TextTable("SERVICE", "ADDRESS", "POOL", "WHY");
        for (JsonNode service : JSON.readTree(get("/api/v1/allocations").body())) {
            if (service.path("outcome").asString().equals("NotLoadBalancer")) {
                continue;
            }
            services.row(
                    service.path("namespace").asString() + "/"
                            + service.path("name").asString(),
                    addresses(service),
                    service.path("pool").asString("-"),
                    service.path("message").asString(""));
        }
        System.out.print(services);

        heading("The BGP table, as the router received it");
        var routes = new TextTable("PREFIX", "NEXT HOP", "AS PATH", "COMMUNITIES");
        router.table()
                .forEach(entry -> routes.row(entry.prefix(), entry.nextHop(), entry.asPath(), entry.communities()));
        System.out.print(routes);

        heading("What each pool and each namespace uses: " + url + "/metrics");
        get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("berth_pool_namespace_addresses{")
                        || line.startsWith("berth_pool_addresses{") && line.contains("ipv4"))
                .forEach(System.out::println);
        System.out.println("\nStatus page: " + url + "/");
    }

    private static String addresses(JsonNode service) {
        List<String> addresses =
                service.path("addresses").valueStream().map(JsonNode::asString).toList();
        return addresses.isEmpty() ? "-" : String.join(",", addresses);
    }

    private static void heading(String text) {
        System.out.println("\n" + text);
    }
}
