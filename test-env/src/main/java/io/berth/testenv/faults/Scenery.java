package io.berth.testenv.faults;

import io.berth.testenv.kube.Workload;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What stands on the ground: two pools of one namespace, and as many services as ever are there at once. */
final class Scenery {

    static final String NAMESPACE = "rounds";
    static final String POOL = "rounds";

    /** All addresses of the pools begin so. */
    static final String PREFIX = "198.19.254.";

    static final List<String> SERVICES =
            IntStream.range(0, 24).mapToObj(number -> "service-" + number).toList();

    private Scenery() {}

    /** Endpoints outlive services here: nobody but these rounds cares for them. */
    static String manifests(Ground ground) {
        return """
            {apiVersion: v1, kind: Namespace, metadata: {name: %s}}
            """.formatted(NAMESPACE)
                + pools(ground.namespace())
                + SERVICES.stream()
                        .map(service -> "---\n" + Workload.endpoint(NAMESPACE, service, ground.node(), true))
                        .collect(Collectors.joining());
    }

    /** As they are when a round begins. There is always room for all services in the second. */
    static String pools(String namespace) {
        return pool(namespace, POOL, PREFIX + "0/28", 50) + pool(namespace, POOL + "-spare", PREFIX + "128/26", 60);
    }

    private static String pool(String namespace, String name, String addresses, int priority) {
        return """
            ---
            apiVersion: metallb.io/v1beta1
            kind: IPAddressPool
            metadata: {name: %s, namespace: %s}
            spec:
              addresses: ["%s"]
              autoAssign: true
              serviceAllocation: {priority: %d, namespaces: [%s]}
            """.formatted(name, namespace, addresses, priority, NAMESPACE);
    }
}
