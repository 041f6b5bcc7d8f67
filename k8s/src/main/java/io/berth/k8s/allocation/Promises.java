package io.berth.k8s.allocation;

import io.berth.allocator.Address;
import io.berth.allocator.ServiceKey;
import io.berth.k8s.allocation.Statuses.Status;
import io.berth.k8s.cluster.Cluster.Writers;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.resource.IPAddressPool;
import io.berth.k8s.resource.Service;
import io.berth.k8s.resource.Tenure;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether an address may be written on a service: once its pool says in writing that the service gets it.
 *
 * <p>Two processes that both believe that they decide would each write on another service, and neither would be in the other's way:
 * an API server guards one object at a time. So an address is promised first, on the one object that both have to change for
 * that: the pool. Whoever comes second sees that the pool is not as it was, and finds the promise of the first there. A process
 * that was stopped between the two writes for however long can only do what it promised.
 *
 * <p>Belongs to the loop's thread.
 */
final class Promises {

    private record Recorded(String text, Set<Tenure.Current> tenures) {}

    private final Writers writers;
    private final Map<String, Recorded> recorded = new HashMap<>();
    private final Map<String, Set<ServiceKey>> waiting = new HashMap<>();

    Promises(Writers writers) {
        this.writers = writers;
    }

    /** Whether what a service is to be given besides what it has is promised to it by the pool, as that was last seen. */
    boolean isMade(Service service, Status status, ClusterState state) {
        List<Address> more = status.addresses().stream()
                .filter(address -> !service.ingress().contains(address))
                .map(Address::of)
                .toList();
        if (writers == Writers.THIS_ONE || more.isEmpty()) {
            return true;
        }
        ServiceKey key = service.meta().key();
        Set<Tenure.Current> promised = state.pools().stream()
                .filter(pool -> pool.meta().name().equals(status.pool()))
                .findFirst()
                .map(this::recordedOn)
                .orElse(Set.of());
        return more.stream().allMatch(address -> promised.contains(new Tenure.Current(key, address)));
    }

    private Set<Tenure.Current> recordedOn(IPAddressPool pool) {
        String name = pool.meta().name();
        Recorded known = recorded.get(name);
        if (known == null || !known.text.equals(pool.tenuresText())) {
            Set<Tenure.Current> tenures = new HashSet<>();
            for (Tenure tenure : pool.tenures()) {
                if (tenure instanceof Tenure.Current current) {
                    tenures.add(current);
                }
            }
            known = new Recorded(pool.tenuresText(), tenures);
            recorded.put(name, known);
        }
        return known.tenures;
    }

    /** Notes that a service waits for a promise of the pool; whether nobody did before. */
    boolean await(ServiceKey service, String pool) {
        Set<ServiceKey> those = waiting.computeIfAbsent(pool, _ -> new LinkedHashSet<>());
        boolean first = those.isEmpty();
        those.add(service);
        return first;
    }

    /** Who waits for a promise of the pool, and from now on does not. */
    List<ServiceKey> noLongerWaiting(String pool) {
        Set<ServiceKey> those = waiting.remove(pool);
        return those == null ? List.of() : List.copyOf(those);
    }
}
