package io.berth.k8s.allocation;

import io.berth.allocator.Address;
import io.berth.allocator.Allocator;
import io.berth.allocator.Pool;
import io.berth.allocator.Reservation;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.cluster.Configuration;
import io.berth.k8s.resource.IPAddressPool;
import io.berth.k8s.resource.Tenure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What pools have in writing: for whom they keep which addresses, over a restart too, and what is promised to whom. Put together anew
 * only where something of that changes.
 */
final class PoolMemory {

    /** Further promises of one pool have to wait: an object has room for some thousand. */
    static final int MOST_PROMISES = 1_000;

    private final Allocator allocator;
    private final Promises promises;
    private Configuration configuration = Configuration.EMPTY;

    /** What each pool was last seen to have in writing. */
    private final Map<String, String> seen = new HashMap<>();

    private Map<String, List<Tenure>> tenures = Map.of();

    /** Reservations that there were when the tenures were put together: they end by themselves, too. */
    private int reserved;

    private boolean outdated = true;

    /** Whether promises were left out for want of room. */
    private boolean crowded;

    PoolMemory(Allocator allocator, Promises promises) {
        this.allocator = allocator;
        this.promises = promises;
    }

    /**
     * Takes over what the books say: for whom pools keep addresses, and what is promised to whom. Who has gone while nobody looked gave
     * its own back just now.
     *
     * @param state of which {@code next} is the configuration
     */
    void follow(Configuration next, ClusterState state) {
        if (next.equals(configuration)) {
            return;
        }
        outdated = true;
        configuration = next;
        for (IPAddressPool pool : configuration.poolsByName().values()) {
            String before =
                    pool.isShut() ? pool.tenuresText() : seen.put(pool.meta().name(), pool.tenuresText());
            if (!pool.tenuresText().equals(before)) {
                read(pool, before == null, state);
            }
        }
    }

    private void read(IPAddressPool pool, boolean first, ClusterState state) {
        for (Tenure tenure : pool.tenures()) {
            switch (tenure) {
                case Tenure.Promised promise -> promises.read(promise, state.service(promise.service()));
                case Tenure.Current _ when first -> restore(tenure, Instant.MAX);
                case Tenure.Released released when first -> restore(tenure, released.until());
                case Tenure.Current _, Tenure.Released _ -> {
                    // Known here better than there.
                }
            }
        }
    }

    private void restore(Tenure tenure, Instant until) {
        allocator.restore(new Reservation(tenure.address(), tenure.service(), until));
    }

    /** Something else has to be promised than before, or a promise is settled. */
    void promisesChanged() {
        outdated = true;
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
            allocator
                    .assignments()
                    .forEach(assignment -> assignment
                            .addresses()
                            .forEach(address -> note(new Tenure.Current(assignment.service(), address), all)));
            allocator.reservations().stream()
                    .filter(kept -> !kept.isPromised())
                    .forEach(kept -> note(new Tenure.Released(kept.service(), kept.address(), kept.until()), all));
        }
        return all;
    }

    private void notePromises(Map<String, List<Tenure>> all) {
        crowded = false;
        for (Tenure.Promised promise : promises.all()) {
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
