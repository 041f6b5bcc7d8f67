package io.berth.k8s.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.cluster.Manifests;
import io.berth.k8s.resource.Service;

/** Worlds out of short manifests. */
public final class Given {

    /** An advertisement of every pool to every peer. */
    public static final String ADVERTISEMENT = """
        apiVersion: metallb.io/v1beta1
        kind: BGPAdvertisement
        metadata: {name: everything}
        """;

    private Given() {}

    /** A world of exactly these manifests, which must all be valid. */
    public static ClusterState world(String... manifests) {
        Manifests.Read read = Manifests.parse(String.join("\n---\n", manifests), "world.yaml");
        ClusterState state = Manifests.together(read.documents(), read.errors());
        assertThat(state.errors()).isEmpty();
        return state;
    }

    /** A pool; its {@code serviceAllocation} in YAML's flow style, and none at all where that is empty. */
    public static String pool(String name, String addresses, String serviceAllocation) {
        String scope = serviceAllocation.isEmpty() ? "" : ", serviceAllocation: {" + serviceAllocation + "}";
        return """
            apiVersion: metallb.io/v1beta1
            kind: IPAddressPool
            metadata: {name: %s, namespace: metallb-system}
            spec: {addresses: [%s]%s}
            """.formatted(name, addresses, scope);
    }

    public static String namespace(String name, String labels) {
        return """
            apiVersion: v1
            kind: Namespace
            metadata: {name: %s, labels: {%s}}
            """.formatted(name, labels);
    }

    /** A service of type LoadBalancer that says nothing else. */
    public static String service(String key) {
        return service(key, "");
    }

    /** A service of type LoadBalancer with more of its spec in YAML's flow style, as {@code loadBalancerIP: 10.0.0.1}. */
    public static String service(String key, String spec) {
        return service(key, spec, "", "");
    }

    /**
     * A service of type LoadBalancer.
     *
     * @param key      NAMESPACE/NAME
     * @param spec     more of its spec, in YAML's flow style
     * @param metadata more of its metadata
     * @param held     the address in its status, empty where it has none
     */
    public static String service(String key, String spec, String metadata, String held) {
        String[] names = key.split("/", 2);
        String status = held.isEmpty() ? "" : "status: {loadBalancer: {ingress: [{ip: '" + held + "'}]}}\n";
        return """
            apiVersion: v1
            kind: Service
            metadata: {namespace: %s, name: %s%s}
            spec: {%s}
            """.formatted(
                        names[0],
                        names[1],
                        metadata.isEmpty() ? "" : ", " + metadata,
                        spec.contains("type:") ? spec : "type: LoadBalancer" + (spec.isEmpty() ? "" : ", " + spec))
                + status;
    }

    /** A service that was created in this minute and holds this address; empty for none. */
    public static String aged(String key, int minute, String held) {
        return service(key, "", "creationTimestamp: '2026-01-01T00:%02d:00Z'".formatted(minute), held);
    }

    static Service onlyService(String manifest) {
        return world(manifest).services().getFirst();
    }
}
