package io.berth.k8s.allocation;

import io.berth.allocator.ServiceKey;
import io.berth.allocator.Tenant;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.cluster.Picture;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What is laid down for the services of each namespace. */
final class Tenants {

    private Map<String, Tenant> byNamespace = Map.of();
    private Tenant absent = Tenant.UNKNOWN;

    /**
     * Takes in the world as it is now.
     *
     * @param before   the world that was last taken in
     * @param services that there were in it
     * @return the namespaces for which something else is laid down than before
     */
    Set<String> follow(ClusterState before, ClusterState state, Collection<ServiceKey> services) {
        if (state.isConfiguredAs(before)) {
            return Set.of();
        }
        absent = switch (state.picture()) {
            case DECLARED -> Tenant.UNKNOWN;
            case OBSERVED -> Tenant.UNSEEN;
        };
        Map<String, Tenant> then = byNamespace;
        Map<String, Tenant> now = new HashMap<>();
        state.namespaces().forEach(namespace -> now.put(namespace.meta().name(), namespace.tenant()));
        if (state.picture() == Picture.OBSERVED) {
            // A namespace may be seen to go before its services are. They do not outlive it; until they go, what was
            // laid down holds.
            then.forEach((name, tenant) -> {
                if (!now.containsKey(name)
                        && services.stream().anyMatch(key -> key.namespace().equals(name))) {
                    now.put(name, tenant);
                }
            });
        }
        byNamespace = Map.copyOf(now);
        Set<String> relaid = new HashSet<>(then.keySet());
        relaid.addAll(now.keySet());
        relaid.removeIf(name -> Objects.equals(then.get(name), now.get(name)));
        return relaid;
    }

    Tenant of(String namespace) {
        return byNamespace.getOrDefault(namespace, absent);
    }
}
