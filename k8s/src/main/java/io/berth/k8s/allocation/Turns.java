package io.berth.k8s.allocation;

import io.berth.allocator.ServiceKey;
import io.berth.k8s.resource.Service;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which services are due a decision, and whose turn it is: nobody overtakes an older one that waits too. */
final class Turns {

    /** Whether a service has an address that it wants to keep. */
    private enum Holds {
        SOMETHING,
        NOTHING
    }

    /**
     * Those that hold an address come first, then the older, then those that came first.
     *
     * @param arrival no two services have the same
     */
    private record Rank(Holds holds, Instant created, long arrival) implements Comparable<Rank> {

        private static final Comparator<Rank> ORDER =
                Comparator.comparing(Rank::holds).thenComparing(Rank::created).thenComparingLong(Rank::arrival);

        @Override
        public int compareTo(Rank other) {
            return ORDER.compare(this, other);
        }
    }

    private final Map<ServiceKey, Rank> ranks = new HashMap<>();
    private final TreeMap<Rank, ServiceKey> all = new TreeMap<>();
    private final TreeMap<Rank, ServiceKey> due = new TreeMap<>();
    private long arrivals;

    /** A service has come, or is another than it was. If it is due, it stays due. */
    void place(Service service) {
        ServiceKey key = service.meta().key();
        Rank before = ranks.get(key);
        Rank now = new Rank(
                service.ingress().isEmpty() ? Holds.NOTHING : Holds.SOMETHING,
                service.meta().creationTimestamp(),
                before == null ? arrivals++ : before.arrival);
        if (now.equals(before)) {
            return;
        }
        ranks.put(key, now);
        if (before != null) {
            all.remove(before);
            if (due.remove(before) != null) {
                due.put(now, key);
            }
        }
        all.put(now, key);
    }

    /** A service is gone. */
    void remove(ServiceKey service) {
        Rank rank = ranks.remove(service);
        if (rank != null) {
            all.remove(rank);
            due.remove(rank);
        }
    }

    /** This one of the services is due. */
    void add(ServiceKey service) {
        due.put(rank(service), service);
    }

    private Rank rank(ServiceKey service) {
        Rank rank = ranks.get(service);
        if (rank == null) {
            throw new IllegalArgumentException("no turn for " + service);
        }
        return rank;
    }

    /** Whose turn it is. */
    Optional<ServiceKey> poll() {
        return Optional.ofNullable(due.pollFirstEntry()).map(Map.Entry::getValue);
    }

    /** All services, in the order of their turns. */
    Collection<ServiceKey> inOrder() {
        return all.values();
    }

    /** These services, in the order of their turns. */
    List<ServiceKey> inOrder(Collection<ServiceKey> services) {
        List<ServiceKey> sorted = new ArrayList<>(services);
        sorted.sort(Comparator.comparing(this::rank));
        return sorted;
    }
}
