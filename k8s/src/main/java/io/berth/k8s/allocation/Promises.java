package io.berth.k8s.allocation;

import io.berth.allocator.ServiceKey;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.resource.IPAddressPool;
import io.berth.k8s.resource.Tenure;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which promises are in writing, and who waits for one: an address may be written on a service once its pool says that the service
 * gets it.
 *
 * <p>Two processes that both believe that they decide would each write on another service, and neither would be in the other's way:
 * an API server guards one object at a time. So an address is promised first, on the one object that both have to change for
 * that: the pool. Whoever comes second sees that the pool is not as it was, and finds the promise of the first there. A process
 * that was stopped between the two writes for however long can only do what it promised.
 *
 * <p>Belongs to the loop's thread.
 */
final class Promises {

    private record Recorded(String text, Set<Tenure> tenures) {}

    private final Map<String, Recorded> recorded = new HashMap<>();
    private final Map<String, Set<ServiceKey>> waiting = new HashMap<>();

    /**
     * Whether promises are in writing.
     *
     * @param promised of one pool
     */
    boolean areWritten(List<Tenure.Promised> promised, String pool, ClusterState state) {
        return promised.isEmpty()
                || state.pools().stream()
                        .filter(one -> one.meta().name().equals(pool))
                        .findFirst()
                        .filter(one -> recordedOn(one).containsAll(promised))
                        .isPresent();
    }

    private Set<Tenure> recordedOn(IPAddressPool pool) {
        String name = pool.meta().name();
        Recorded known = recorded.get(name);
        if (known == null || !known.text.equals(pool.tenuresText())) {
            known = new Recorded(pool.tenuresText(), Set.copyOf(pool.tenures()));
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
