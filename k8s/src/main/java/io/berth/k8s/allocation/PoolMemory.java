package io.berth.k8s.allocation;

import io.berth.allocator.Address;
import io.berth.allocator.Allocator;
import io.berth.allocator.Pool;
import io.berth.allocator.Reservation;
import io.berth.allocator.ServiceKey;
import io.berth.k8s.cluster.Cluster.Writers;
import io.berth.k8s.cluster.Configuration;
import io.berth.k8s.resource.IPAddressPool;
import io.berth.k8s.resource.Tenure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What pools have in writing: for whom they keep which addresses, over a restart too, and, where several processes may write, whom an
 * address is promised to until it stands on the service. Put together anew only where something of that changes.
 */
final class PoolMemory {

    /**
     * As long as a promise stays once it is kept: whoever sees that it is gone must have seen the address on the service, which
     * another watch tells.
     */
    static final Duration SEEN_BY_ALL = Duration.ofSeconds(3);

    /** More promises of one pool have to wait: an object has room for some thousand. */
    static final int MOST_PROMISES = 1_000;

    private final Allocator allocator;
    private final Writers writers;
    private Configuration configuration = Configuration.EMPTY;
    private Instant now = Instant.EPOCH;

    /** What each pool was last seen to have in writing, and what this process writes; neither is news when it is seen. */
    private final Map<String, String> seen = new HashMap<>();

    private final Map<String, String> sent = new HashMap<>();

    /** Promises, the oldest first, and when they were seen to be kept; {@link Instant#MAX} for those that are not yet. */
    private final Map<Tenure.Current, Instant> promises = new LinkedHashMap<>();

    private Map<String, List<Tenure>> tenures = Map.of();

    /** Reservations that there were when the tenures were put together: they end by themselves, too. */
    private int reserved;

    private boolean outdated = true;

    /** Whether promises were left out for want of room. */
    private boolean crowded;

    PoolMemory(Allocator allocator, Writers writers) {
        this.allocator = allocator;
        this.writers = writers;
    }

    void advance(Instant to) {
        now = to;
    }

    /**
     * Takes over for whom pools keep addresses. Who has gone while nobody looked gave its own back just now.
     *
     * @return promises of somebody else, or of this process before it began
     */
    List<Tenure.Current> follow(Configuration next) {
        if (next.equals(configuration)) {
            return List.of();
        }
        outdated = true;
        configuration = next;
        List<Tenure.Current> news = new ArrayList<>();
        for (IPAddressPool pool : configuration.poolsByName().values()) {
            if (!pool.isShut()) {
                news.addAll(follow(pool));
            }
        }
        return news;
    }

    private List<Tenure.Current> follow(IPAddressPool pool) {
        String name = pool.meta().name();
        String text = pool.tenuresText();
        String before = seen.put(name, text);
        if (before == null) {
            pool.tenures().forEach(this::restore);
        }
        if (text.equals(before) || text.equals(sent.get(name))) {
            return List.of();
        }
        return pool.tenures().stream()
                .filter(Tenure.Current.class::isInstance)
                .map(Tenure.Current.class::cast)
                .toList();
    }

    private void restore(Tenure tenure) {
        Instant until = switch (tenure) {
            case Tenure.Current _ -> Instant.MAX;
            case Tenure.Released released -> released.until();
        };
        allocator.restore(new Reservation(tenure.address(), tenure.service(), until));
    }

    /** This is about to be written on a pool. */
    void writing(String pool, String text) {
        sent.put(pool, text);
    }

    /** A service gets these addresses, which its status does not have yet. */
    void promise(ServiceKey service, List<Address> addresses) {
        if (writers == Writers.SEVERAL) {
            for (Address address : addresses) {
                outdated |= promises.putIfAbsent(new Tenure.Current(service, address), Instant.MAX) == null;
            }
        }
    }

    /** A service was seen to have these addresses. */
    void kept(ServiceKey service, List<Address> addresses) {
        for (Address address : addresses) {
            promises.computeIfPresent(
                    new Tenure.Current(service, address), (_, since) -> since.equals(Instant.MAX) ? now : since);
        }
    }

    /** A service does not get these addresses, or not any more. */
    void takeBack(ServiceKey service, List<Address> addresses) {
        addresses.forEach(address -> promises.remove(new Tenure.Current(service, address)));
    }

    /** Somebody has these addresses, or has them no more. */
    void touch(List<Address> addresses) {
        outdated |= addresses.stream()
                .anyMatch(address -> configuration
                        .pools()
                        .owning(address)
                        .filter(PoolMemory::keepsReleased)
                        .isPresent());
    }

    /** By the names of pools, as {@link Allocations#tenures} says. */
    Map<String, List<Tenure>> tenures() {
        if (outdated || crowded || allocator.reserved() != reserved) {
            tenures = putTogether();
            reserved = allocator.reserved();
            outdated = false;
        }
        return tenures;
    }

    private Map<String, List<Tenure>> putTogether() {
        Map<String, List<Tenure>> all = new HashMap<>();
        configuration.poolsByName().forEach((name, pool) -> {
            if (seen.containsKey(name) && !pool.isShut()) {
                all.put(name, new ArrayList<>());
            }
        });
        notePromises(all);
        if (configuration.pools().inOrder().stream().anyMatch(PoolMemory::keepsReleased)) {
            Set<Tenure.Current> noted = new HashSet<>(promises.keySet());
            allocator
                    .assignments()
                    .forEach(assignment -> assignment.addresses().stream()
                            .map(address -> new Tenure.Current(assignment.service(), address))
                            .filter(tenure -> !noted.contains(tenure))
                            .forEach(tenure -> note(tenure, all)));
            allocator
                    .reservations()
                    .forEach(kept -> note(new Tenure.Released(kept.service(), kept.address(), kept.until()), all));
        }
        return all;
    }

    private void notePromises(Map<String, List<Tenure>> all) {
        Instant longAgo = now.minus(SEEN_BY_ALL);
        promises.values().removeIf(since -> !since.isAfter(longAgo));
        crowded = false;
        for (Tenure.Current promise : promises.keySet()) {
            List<Tenure> ofPool = configuration
                    .pools()
                    .owning(promise.address())
                    .map(pool -> all.get(pool.name()))
                    .orElse(null);
            if (ofPool != null && ofPool.size() < MOST_PROMISES) {
                ofPool.add(promise);
            } else if (ofPool != null) {
                crowded = true;
            }
        }
    }

    private void note(Tenure tenure, Map<String, List<Tenure>> all) {
        configuration
                .pools()
                .owning(tenure.address())
                .filter(PoolMemory::keepsReleased)
                .map(pool -> all.get(pool.name()))
                .ifPresent(ofPool -> ofPool.add(tenure));
    }

    private static boolean keepsReleased(Pool pool) {
        return pool.terms().holdReleased().isPositive();
    }
}
