package io.berth.testenv.e2e;

/** The manifests that the suites are made of. Addresses lie in the ranges that {@code test-env/lab} guards. */
final class Manifest {

    static final String POOL = """
        apiVersion: metallb.io/v1beta1
        kind: IPAddressPool
        metadata: {name: team-a-ips, namespace: metallb-system}
        spec:
          addresses: [198.51.100.0/28]
          serviceAllocation: {priority: 50, namespaces: [team-a]}
        """;

    static final String ADVERTISEMENT = """
        apiVersion: metallb.io/v1beta1
        kind: BGPAdvertisement
        metadata: {name: everything, namespace: metallb-system}
        spec:
          communities: ["64512:100", no-peer, "large:64512:1:2"]
          localPref: 200
        """;

    private Manifest() {}

    static String service(String name) {
        return """
            apiVersion: v1
            kind: Service
            metadata: {namespace: team-a, name: %s}
            spec:
              type: LoadBalancer
              clusterIP: 10.96.0.1
              ports: [{port: 80}]
            """.formatted(name);
    }

    /** One endpoint of a service, ready or not. */
    static String endpoint(String service, boolean ready) {
        return """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata:
              namespace: team-a
              name: %s-1
              labels: {kubernetes.io/service-name: %s}
            addressType: IPv4
            endpoints:
              - addresses: [10.244.0.5]
                nodeName: node
                conditions: {ready: %s}
            """.formatted(service, service, ready);
    }

    static String together(String... manifests) {
        return String.join("---\n", manifests);
    }
}
