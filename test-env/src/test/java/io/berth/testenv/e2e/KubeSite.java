package io.berth.testenv.e2e;

import static io.berth.testenv.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.testenv.BerthProcess;
import io.berth.testenv.kube.ApiServer;
import io.berth.testenv.kube.Workload;
import io.berth.testenv.lab.Lab;
import io.berth.testenv.lab.Neighbour;
import io.berth.testenv.lab.ReceivedRoute;
import io.berth.testenv.lab.Router;
import io.berth.testenv.lab.RouterConfig;
import io.berth.testenv.lab.RouterKind;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A real API server, a router, and the processes of Berth between them: what a cluster looks like from outside. Nodes, endpoints
 * and services are written as kubelets, controllers and tenants would write them.
 */
final class KubeSite implements AutoCloseable {

    /** Where the configuration is. */
    static final String NAMESPACE = "metallb-system";

    static final String NODE = "node-a";

    private static final Pattern WRITE =
            Pattern.compile("^apiserver_request_total\\{.*verb=\"(POST|PUT|PATCH|APPLY|DELETE)\"");
    private static final Pattern OF_CONCERN =
            Pattern.compile("group=\"(metallb|berth)\\.io\"|resource=\"(services|events|secrets|nodes|namespaces)\"");

    private static final String CONDITION = ".status.conditions[?(@.type==\"Ready\")]";

    private final ApiServer server = ApiServer.start();
    private final KubernetesClient client;
    private final Lab lab = Lab.open();
    private final Router router;
    private final List<BerthProcess> processes = new CopyOnWriteArrayList<>();

    private KubeSite(String... definitions) {
        Config config = Config.fromKubeconfig(server.kubeconfig().toFile());
        client = new KubernetesClientBuilder().withConfig(config).build();
        router = lab.start(
                RouterKind.FRR,
                RouterConfig.of(
                        64513,
                        Neighbour.awaited(lab.host().ipv4(), Site.BERTH_AS).withHoldTime(Site.HOLD_TIME)));
        server.kubectl(definitions);
        server.kubectl("wait", "--for=condition=Established", "crd", "--all");
        namespace(NAMESPACE);
        node(NODE, Map.of());
        apply("""
            apiVersion: metallb.io/v1beta2
            kind: BGPPeer
            metadata: {name: tor-1, namespace: metallb-system}
            spec: {myASN: %d, peerASN: 64513, peerAddress: %s, holdTime: %ds}
            """.formatted(Site.BERTH_AS, router.own().ipv4().getHostAddress(), Site.HOLD_TIME.toSeconds()));
    }

    /** A cluster with a router and a peer towards it, and nobody at work yet. */
    static KubeSite start() {
        return new KubeSite(
                "apply",
                "--server-side",
                "-f",
                Path.of(System.getProperty("berth.root"))
                        .resolve("k8s/deploy/crds")
                        .toString());
    }

    ApiServer server() {
        return server;
    }

    KubernetesClient client() {
        return client;
    }

    Router router() {
        return router;
    }

    void apply(String manifests) {
        server.apply(manifests);
    }

    void namespace(String name) {
        apply("{apiVersion: v1, kind: Namespace, metadata: {name: " + name + "}}");
    }

    void node(String name, Map<String, String> labels) {
        apply("{apiVersion: v1, kind: Node, metadata: {name: " + name + ", labels: "
                + labels.entrySet().stream()
                        .map(label -> label.getKey() + ": \"" + label.getValue() + "\"")
                        .collect(Collectors.joining(", ", "{", "}"))
                + "}}");
    }

    /** Starts {@code berth controller}. */
    BerthProcess controller(String... more) {
        return berth("controller", more);
    }

    /** Starts {@code berth run} for the node. */
    BerthProcess run(String... more) {
        return berth(
                "run",
                Stream.concat(Stream.of("--node-name", NODE), Stream.of(more)).toArray(String[]::new));
    }

    /** Starts {@code berth speaker} of the node. */
    BerthProcess speaker(String... more) {
        return berth(
                "speaker",
                Stream.concat(Stream.of("--node-name", NODE), Stream.of(more)).toArray(String[]::new));
    }

    private BerthProcess berth(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command, "--http", "127.0.0.1:0"));
        arguments.addAll(List.of(more));
        BerthProcess process = BerthProcess.startFor(server.kubeconfig(), arguments.toArray(String[]::new));
        processes.add(process);
        return process;
    }

    /** A service as a tenant writes it, with a ready endpoint on the node as controllers write it. */
    void service(String namespace, String name) {
        apply(Manifest.together(service(namespace, name, ""), endpoint(namespace, name, true)));
    }

    static String service(String namespace, String name, String more) {
        return """
            apiVersion: v1
            kind: Service
            metadata: {namespace: %s, name: %s}
            spec: {type: LoadBalancer, ports: [{port: 80}]%s}
            """.formatted(namespace, name, more);
    }

    void delete(String namespace, String name) {
        var _ = client.services().inNamespace(namespace).withName(name).delete();
    }

    /** The endpoint of a service, on the node. */
    static String endpoint(String namespace, String service, boolean ready) {
        return Workload.endpoint(namespace, service, NODE, ready);
    }

    /** The addresses in the status of a service. */
    List<String> addresses(String namespace, String name) {
        Service service =
                client.services().inNamespace(namespace).withName(name).get();
        return service.getStatus().getLoadBalancer().getIngress().stream()
                .map(LoadBalancerIngress::getIp)
                .toList();
    }

    /** The only address of a service, once it has one. */
    String awaitAddress(String namespace, String name) {
        return eventually(() -> addresses(namespace, name), addresses -> addresses.size() == 1)
                .getFirst();
    }

    void awaitNoAddress(String namespace, String name) {
        awaitAddresses(namespace, name);
    }

    /** Waits until the router has a route to this address. */
    void awaitRoute(String address) {
        eventually(() -> assertThat(prefixes()).as("berth said: %s", said()).contains(address + "/32"));
    }

    void awaitNoRoute(String address) {
        eventually(() -> assertThat(prefixes()).as("berth said: %s", said()).doesNotContain(address + "/32"));
    }

    /** What the router has of ours. */
    List<String> prefixes() {
        return router.routes().stream().map(ReceivedRoute::prefix).toList();
    }

    /** What {@code kubectl} prints; blanks and line ends as one blank. */
    String kubectl(String... arguments) {
        return server.kubectl(arguments).replaceAll("\\s+", " ").strip();
    }

    /** What is at this path in an object of the configuration's namespace, as {@code kubectl -o jsonpath} has it. */
    String field(String object, String path) {
        return kubectl("get", object, "--namespace", NAMESPACE, "--output", "jsonpath={" + path + "}");
    }

    void awaitField(String object, String path, String value) {
        eventually(() ->
                assertThat(field(object, path)).as("berth said: %s", said()).isEqualTo(value));
    }

    /** The state of the condition Ready, and why. */
    void awaitReady(String object, String status, String reason) {
        eventually(() -> assertThat(field(object, CONDITION + ".status") + " " + field(object, CONDITION + ".reason"))
                .as("berth said: %s", said())
                .isEqualTo(status + " " + reason));
    }

    /**
     * How often each reason was told of a service, by any process of Berth. The API server tells of services too, without counting:
     * what its repair of cluster addresses and node ports finds while a service is just being made.
     */
    Map<String, Integer> told(String namespace, String name) {
        return client.v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getName().equals(name))
                .filter(event -> event.getReportingComponent().startsWith("berth-"))
                .collect(Collectors.toMap(Event::getReason, Event::getCount, Integer::sum));
    }

    /** How many writes to what Berth has to do with the API server has been asked for, also those that changed nothing. */
    long writes() {
        return server.kubectl("get", "--raw", "/metrics")
                .lines()
                .filter(line ->
                        WRITE.matcher(line).find() && OF_CONCERN.matcher(line).find())
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Who holds the Lease; empty where nobody does. */
    String leader() {
        Lease lease = client.leases()
                .inNamespace(NAMESPACE)
                .withName("berth-controller")
                .get();
        String holder = lease == null ? null : lease.getSpec().getHolderIdentity();
        return holder == null ? "" : holder;
    }

    void awaitAddresses(String namespace, String name, String... addresses) {
        eventually(() -> assertThat(addresses(namespace, name))
                .as("berth said: %s", said())
                .containsExactly(addresses));
    }

    /** Waits until the router has exactly these prefixes of ours. */
    void awaitRoutes(String... prefixes) {
        eventually(() -> assertThat(router.routes().stream().map(ReceivedRoute::prefix))
                .as("berth said: %s", said())
                .containsExactlyInAnyOrder(prefixes));
    }

    /** Why a watch on services ends that goes on from this version; fails where it goes on. */
    WatcherException endOfWatchFrom(String version) {
        var ended = new CompletableFuture<WatcherException>();
        try (Watch _ = client.services()
                .inAnyNamespace()
                .withResourceVersion(version)
                .watch(new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, Service service) {
                        ended.completeExceptionally(new AssertionError(
                                "it goes on with " + service.getMetadata().getName()));
                    }

                    @Override
                    public void onClose(WatcherException cause) {
                        ended.complete(cause);
                    }
                })) {
            return ended.orTimeout(10, TimeUnit.SECONDS).join();
        }
    }

    List<String> said() {
        return processes.stream().flatMap(process -> process.stderr().stream()).toList();
    }

    @Override
    public void close() {
        processes.forEach(BerthProcess::close);
        client.close();
        lab.close();
        server.close();
    }

    /** Starts Berth as the one of this kubeconfig file. */
    BerthProcess berthAs(Path kubeconfig, String... arguments) {
        List<String> words = new ArrayList<>(List.of(arguments));
        words.addAll(List.of("--http", "127.0.0.1:0"));
        BerthProcess process = BerthProcess.startFor(kubeconfig, words.toArray(String[]::new));
        processes.add(process);
        return process;
    }

    /** The same with the definitions that this Kustomization has of MetalLB's kinds, created as Helm does it. */
    static KubeSite startWith(Path kustomization) {
        return new KubeSite("create", "-k", kustomization.toString());
    }
}
