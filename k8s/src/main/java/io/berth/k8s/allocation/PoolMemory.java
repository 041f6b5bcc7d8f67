package io.berth.k8s.allocation;

import io.berth.allocator.Address;
import io.berth.allocator.Allocator;
import io.berth.allocator.Pool;
import io.berth.allocator.Reservation;
import io.berth.k8s.cluster.Configuration;
import io.berth.k8s.resource.IPAddressPool;
import io.berth.k8s.resource.Tenure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What pools remember over a restart: for whom they keep which addresses. Put together anew only where an address is concerned of a
 * pool that keeps any.
 */
final class PoolMemory {

    private final Allocator allocator;
    private Configuration configuration = Configuration.EMPTY;

    /** Pools whose tenures have been taken over; from then on it is known here what they have to remember. */
    private final Set<String> remembered = new HashSet<>();

    private Map<String, List<Tenure>> tenures = Map.of();

    /** Reservations that there were when the tenures were put together: they end by themselves, too. */
    private int reserved;

    private boolean outdated = true;

    PoolMemory(Allocator allocator) {
        this.allocator = allocator;
    }

    /** Takes over for whom pools keep addresses. Who has gone while nobody looked gave its own back just now. */
    void follow(Configuration next) {
        if (!next.equals(configuration)) {
            outdated = true;
            configuration = next;
            configuration.poolsByName().values().forEach(this::remember);
        }
    }

    private void remember(IPAddressPool pool) {
        if (!pool.isShut() && remembered.add(pool.meta().name())) {
            for (Tenure tenure : pool.tenures()) {
                Instant until = switch (tenure) {
                    case Tenure.Current _ -> Instant.MAX;
                    case Tenure.Released released -> released.until();
                };
                allocator.restore(new Reservation(tenure.address(), tenure.service(), until));
            }
        }
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
        if (outdated || allocator.reserved() != reserved) {
            tenures = now();
            reserved = allocator.reserved();
            outdated = false;
        }
        return tenures;
    }

    private Map<String, List<Tenure>> now() {
        Map<String, List<Tenure>> now = new HashMap<>();
        configuration.poolsByName().forEach((name, pool) -> {
            if (remembered.contains(name) && !pool.isShut()) {
                now.put(name, new ArrayList<>());
            }
        });
        if (configuration.pools().inOrder().stream().anyMatch(PoolMemory::keepsReleased)) {
            allocator
                    .assignments()
                    .forEach(assignment -> assignment
                            .addresses()
                            .forEach(address -> note(new Tenure.Current(assignment.service(), address), now)));
            allocator
                    .reservations()
                    .forEach(kept -> note(new Tenure.Released(kept.service(), kept.address(), kept.until()), now));
        }
        return now;
    }

    private void note(Tenure tenure, Map<String, List<Tenure>> now) {
        configuration
                .pools()
                .owning(tenure.address())
                .filter(PoolMemory::keepsReleased)
                .map(pool -> now.get(pool.name()))
                .ifPresent(ofPool -> ofPool.add(tenure));
    }

    private static boolean keepsReleased(Pool pool) {
        return pool.terms().holdReleased().isPositive();
    }
}
