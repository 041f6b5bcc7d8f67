package io.berth.k8s.allocation;

import io.berth.allocator.ServiceKey;
import io.berth.k8s.resource.Service;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which services are due a decision, and whose turn it is: nobody overtakes an older one that waits too. */
final class Turns {

    /** Those that hold an address come first, then the older, then as read. */
    private static final Comparator<Service> ORDER = Comparator.comparing(
                    (Service service) -> service.ingress().isEmpty())
            .thenComparing(service -> service.meta().creationTimestamp());

    private final Map<ServiceKey, Integer> ranks = new HashMap<>();
    private final TreeMap<Integer, ServiceKey> due = new TreeMap<>();

    /** Services in the order of their turns. */
    static List<Service> inOrder(List<Service> services) {
        return services.stream().sorted(ORDER).toList();
    }

    /** From now on these are the services, in the order of their turns. Who is due and still there stays due. */
    void reorder(List<Service> inOrder) {
        List<ServiceKey> stillDue = List.copyOf(due.values());
        due.clear();
        ranks.clear();
        inOrder.forEach(service -> ranks.put(service.meta().key(), ranks.size()));
        stillDue.stream().filter(ranks::containsKey).forEach(this::add);
    }

    /** This one of the services is due. */
    void add(ServiceKey service) {
        Integer rank = ranks.get(service);
        if (rank == null) {
            throw new IllegalArgumentException("no turn for " + service);
        }
        due.put(rank, service);
    }

    /** Whose turn it is. */
    Optional<ServiceKey> poll() {
        return Optional.ofNullable(due.pollFirstEntry()).map(Map.Entry::getValue);
    }
}
