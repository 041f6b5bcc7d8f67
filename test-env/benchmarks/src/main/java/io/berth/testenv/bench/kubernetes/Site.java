package io.berth.testenv.bench.kubernetes;

import io.berth.testenv.BerthProcess;
import io.berth.testenv.Eventually;
import io.berth.testenv.bench.kubernetes.Sighting.Change;
import io.berth.testenv.kube.ApiServer;
import io.berth.testenv.lab.Lab;
import io.berth.testenv.lab.Neighbour;
import io.berth.testenv.lab.Router;
import io.berth.testenv.lab.RouterConfig;
import io.berth.testenv.lab.RouterKind;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An API server with one node, a router and a collector that are the speaker's peers, and a contender's two processes once they are
 * started.
 */
final class Site implements AutoCloseable {

    static final String NAMESPACE = "metallb-system";
    static final String NODE = "node-a";

    /** The speaker's, which never runs. */
    static final String POD = "speaker-a";

    private static final long ROUTER_AS = 64513;
    private static final long OWN_AS = 64512;

    /** Of this process alone: MetalLB takes no port of a peer that is as high as those that the kernel gives out. */
    private static final String COLLECTOR = "127.89." + ownNumber() / 256 + "." + ownNumber() % 256;

    private static final int COLLECTOR_PORT = 1790;

    private final Contestant contestant;
    private final Path logs;
    private final ApiServer server = ApiServer.start();
    private final KubernetesClient client;
    private final Lab lab = Lab.open();
    private final Router router;
    private final Sightings atRouter;
    private final Sightings atCollector;

    Site(Contestant contestant, Path logs) {
        this.contestant = contestant;
        this.logs = logs;
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.kubeconfig().toFile()))
                .build();
        router = lab.start(
                RouterKind.FRR,
                RouterConfig.of(ROUTER_AS, Neighbour.awaited(lab.host().ipv4(), OWN_AS)));
        atRouter = Sightings.ofKernelRoutes(container());
        Eventually.eventually(this::aRouteIsSeen);
        atCollector = Sightings.ofCollector(List.of(
                BerthProcess.launcher().toString(),
                "collect",
                "--listen",
                COLLECTOR + ":" + COLLECTOR_PORT,
                "--local-as",
                String.valueOf(ROUTER_AS),
                "--router-id",
                COLLECTOR,
                "-o",
                "json"));
        configure();
    }

    private static long ownNumber() {
        return ProcessHandle.current().pid() % 65_534 + 1;
    }

    private static String container() {
        String label = Lab.OWNER.entrySet().iterator().next().toString();
        try {
            Process process = new ProcessBuilder("docker", "ps", "-q", "--filter", "label=" + label).start();
            return process.inputReader().readAllAsString().strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void aRouteIsSeen() {
        router.exec("ip", "route", "replace", "blackhole", "198.19.255.255/32", "proto", "bgp");
        router.exec("ip", "route", "del", "blackhole", "198.19.255.255/32", "proto", "bgp");
        if (!atRouter.saw(Change.WENT)) {
            throw new AssertionError("the router's kernel tells nothing");
        }
        atRouter.forget();
    }

    private void configure() {
        server.kubectl("apply", "--server-side", "-f", contestant.resources().toString());
        server.kubectl("wait", "--for=condition=Established", "crd", "--all");
        apply("""
            {apiVersion: v1, kind: Namespace, metadata: {name: %s}}
            ---
            {apiVersion: v1, kind: Node, metadata: {name: %s, labels: {kubernetes.io/hostname: %s}}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: %s, namespace: %s}
            spec: {nodeName: %s, containers: [{name: speaker, image: none}]}
            ---
            apiVersion: metallb.io/v1beta1
            kind: BGPAdvertisement
            metadata: {name: everything, namespace: %s}
            """.formatted(NAMESPACE, NODE, NODE, POD, NAMESPACE, NODE, NAMESPACE)
                + peer("router", router.own().ipv4().getHostAddress(), Router.PORT)
                + peer("collector", COLLECTOR, COLLECTOR_PORT));
    }

    private static String peer(String name, String address, int port) {
        return """
            ---
            apiVersion: metallb.io/v1beta2
            kind: BGPPeer
            metadata: {name: %s, namespace: %s}
            spec: {myASN: %d, peerASN: %d, peerAddress: %s, peerPort: %d, holdTime: 90s}
            """.formatted(name, NAMESPACE, OWN_AS, ROUTER_AS, address, port);
    }

    /** So many namespaces with a pool each, of 128 addresses from here on. */
    void tenants(String prefix, int count, int firstBlock) {
        apply(IntStream.range(0, count)
                .mapToObj(number -> """
                    {apiVersion: v1, kind: Namespace, metadata: {name: %s-%d}}
                    ---
                    apiVersion: metallb.io/v1beta1
                    kind: IPAddressPool
                    metadata: {name: %s-%d, namespace: %s}
                    spec: {addresses: [%s], serviceAllocation: {priority: 10, namespaces: [%s-%d]}}
                    """.formatted(
                                prefix, number, prefix, number, NAMESPACE, block(firstBlock + number), prefix, number))
                .collect(Collectors.joining("---\n")));
    }

    /** The nth /25 of 198.18.0.0/15. */
    private static String block(int number) {
        return "198." + (18 + number / 512) + "." + number / 2 % 256 + "." + number % 2 * 128 + "/25";
    }

    void apply(String manifests) {
        server.apply(manifests);
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

    Sightings atRouter() {
        return atRouter;
    }

    Sightings atCollector() {
        return atCollector;
    }

    Server startController() {
        return Server.start(contestant.controller(server.kubeconfig(), logs.resolve("controller.log")));
    }

    Server startSpeaker() {
        return Server.start(contestant.speaker(server.kubeconfig(), logs.resolve("speaker.log")));
    }

    @Override
    public void close() {
        atCollector.close();
        atRouter.close();
        client.close();
        lab.close();
        server.close();
    }
}
