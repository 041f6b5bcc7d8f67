package io.berth.k8s.advertisement;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.cluster.Configuration;
import io.berth.k8s.cluster.Manifests;
import java.util.List;
import java.util.stream.Stream;

/** A small world out of manifests: one pool, one advertisement of everything to everybody, one peer, unless others are given. */
record World(ClusterState state, Rules rules) {

    static final String POOL = """
        apiVersion: metallb.io/v1beta1
        kind: IPAddressPool
        metadata: {name: pool, labels: {tier: gold}}
        spec: {addresses: [10.0.1.0/24, 2001:db8::/64]}
        """;

    static final String ADVERTISEMENT = """
        apiVersion: metallb.io/v1beta1
        kind: BGPAdvertisement
        metadata: {name: everything}
        """;

    static final String PEER = """
        apiVersion: metallb.io/v1beta2
        kind: BGPPeer
        metadata: {name: tor}
        spec: {myASN: 64512, peerASN: 64513, peerAddress: 192.0.2.1}
        """;

    static final String NODE = """
        apiVersion: v1
        kind: Node
        metadata: {name: node-1, labels: {rack: r1}}
        """;

    static final String SERVICE = """
        apiVersion: v1
        kind: Service
        metadata: {namespace: team-a, name: web, labels: {app: web}}
        spec: {type: LoadBalancer}
        status: {loadBalancer: {ingress: [{ip: 10.0.1.7}]}}
        """;

    /** A world of exactly these manifests, which must all be valid. */
    static World of(String... manifests) {
        Manifests.Read read = Manifests.parse(String.join("\n---\n", manifests), "world.yaml");
        ClusterState state = Manifests.together(read.documents(), read.errors());
        assertThat(state.errors()).isEmpty();
        return new World(state, Rules.DEFAULT);
    }

    World with(Rules changed) {
        return new World(state, changed);
    }

    Announcements announcements() {
        return Announcements.of(state.services(), state, Configuration.of(state), rules);
    }

    /** The routes, each as "node peer prefix attribute ... < services". */
    List<String> routes() {
        return announcements().routes().stream().map(World::text).toList();
    }

    /** Why things are not announced, from any node. */
    List<Withheld> withheld() {
        return announcements().decisions().stream()
                .flatMap(onNode -> onNode.decision().withheld().stream())
                .toList();
    }

    private static String text(PlannedRoute route) {
        Stream<String> attributes = route.attributes().attributes().stream()
                .map(attribute -> attribute.toString().replaceAll("^[A-Za-z]+\\[|]$", ""));
        return String.join(
                        " ",
                        Stream.concat(
                                        Stream.of(
                                                route.node(),
                                                route.peer(),
                                                route.prefix().toString()),
                                        attributes)
                                .toList())
                + " < "
                + String.join(
                        " ", route.services().stream().map(Object::toString).toList());
    }
}
