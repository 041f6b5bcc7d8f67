package io.berth.k8s.advertisement;

import static io.berth.k8s.advertisement.World.ADVERTISEMENT;
import static io.berth.k8s.advertisement.World.PEER;
import static io.berth.k8s.advertisement.World.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.bgp.Prefix;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.cluster.Configuration;
import io.berth.k8s.cluster.Picture;
import io.berth.k8s.resource.EndpointSlice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keeping up with a world step by step ends where working it out afresh does. */
class NodeRoutesTest {

    private static final int STEPS = 120;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void stepByStepIsAsGoodAsAfresh(long seed) {
        Random random = new Random(seed);
        NodeRoutes routes = new NodeRoutes();
        Map<Prefix, JoinedClaims> announced = new HashMap<>();
        for (int step = 0; step < STEPS; step++) {
            World world = World.of(manifests(random));
            Configuration configuration = Configuration.of(world.state());
            Routes next = Routes.of(
                    world.state(), configuration, world.state().nodes().getFirst(), Rules.DEFAULT);

            routes.follow(world.state(), next).routes().forEach((prefix, joined) -> {
                assertThat(announced.get(prefix)).as("only what is new is told").isNotEqualTo(joined);
                announced.put(prefix, joined);
            });

            announced.values().removeIf(joined -> joined.routes().isEmpty());
            Announcements afresh = world.announcements();
            assertThat(routes.routes()).as("seed %d step %d", seed, step).isEqualTo(afresh.routes());
            assertThat(announced.values())
                    .as("seed %d step %d", seed, step)
                    .flatExtracting(JoinedClaims::routes)
                    .containsExactlyInAnyOrderElementsOf(afresh.routes());
            assertThat(routes.decisions())
                    .containsExactlyInAnyOrderElementsOf(afresh.decisions().stream()
                            .map(Announcements.OnNode::decision)
                            .toList());
        }
    }

    @Test
    void whatIsNewOnOneServiceDecidesOnItAlone() {
        World before = World.of(POOL, PEER, ADVERTISEMENT, World.SERVICE);
        Routes announcing = Routes.of(
                before.state(),
                Configuration.of(before.state()),
                before.state().nodes().getFirst(),
                Rules.DEFAULT);
        NodeRoutes routes = new NodeRoutes();
        assertThat(routes.follow(before.state(), announcing).assigned()).hasToString("[team-a/web]");

        World other = World.of(World.SERVICE.replace("name: web", "name: api").replace("10.0.1.7", "10.0.1.8"));
        ClusterState after = before.state().with(other.state().services().getFirst());
        NodeRoutes.Change change = routes.follow(after);

        assertThat(change.routes()).containsOnlyKeys(Prefix.parse("10.0.1.8/32"));
        assertThat(change.assigned()).hasToString("[team-a/api]");
        assertThat(routes.follow(after).routes()).isEmpty();
    }

    @Test
    void inAClusterAServiceWithoutEndpointSlicesIsAnsweredNowhere() {
        ClusterState observed = World.of(POOL, PEER, ADVERTISEMENT, World.NODE, World.SERVICE)
                .state()
                .as(Picture.OBSERVED);
        Routes announcing =
                Routes.of(observed, Configuration.of(observed), observed.nodes().getFirst(), Rules.DEFAULT);
        NodeRoutes routes = new NodeRoutes();
        routes.follow(observed, announcing);
        assertThat(routes.routes()).isEmpty();

        EndpointSlice ready =
                World.of(slice("web", "true")).state().endpointSlices().getFirst();
        assertThat(routes.follow(observed.with(ready)).assigned()).hasToString("[team-a/web]");
        assertThat(routes.follow(observed).routes().values())
                .allMatch(joined -> joined.routes().isEmpty());
        assertThat(routes.routes()).isEmpty();
    }

    /** A world of few services, which share addresses and aggregates often, with a configuration that seldom changes. */
    private static String[] manifests(Random random) {
        List<String> manifests = new ArrayList<>(List.of(POOL, PEER, PEER.replace("name: tor", "name: spine")));
        manifests.add(random.nextInt(10) == 0 ? ADVERTISEMENT : ADVERTISEMENT + "spec: {aggregationLength: 30}");
        for (int service = 0; service < 6; service++) {
            if (random.nextInt(4) > 0) {
                manifests.add(service("s" + service, random));
            }
            if (random.nextInt(4) == 0) {
                manifests.add(slice("s" + service, random));
            }
        }
        return manifests.toArray(String[]::new);
    }

    private static String service(String name, Random random) {
        return """
            apiVersion: v1
            kind: Service
            metadata: {namespace: team-a, name: %s}
            spec: {type: LoadBalancer, externalTrafficPolicy: %s}
            status: {loadBalancer: {ingress: [{ip: 10.0.1.%d}]}}
            """.formatted(name, random.nextBoolean() ? "Local" : "Cluster", random.nextInt(8));
    }

    private static String slice(String service, Random random) {
        return slice(service, String.valueOf(random.nextBoolean()));
    }

    private static String slice(String service, String ready) {
        return """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {namespace: team-a, name: %s-1, labels: {kubernetes.io/service-name: %s}}
            endpoints: [{addresses: [10.244.0.1], nodeName: node, conditions: {ready: %s}}]
            """.formatted(service, service, ready);
    }
}
