package io.berth.k8s.cluster;

import io.berth.allocator.Address;
import io.berth.allocator.AddressRange;
import io.berth.allocator.Pool;
import io.berth.allocator.Pools;
import io.berth.k8s.resource.ConfigError;
import io.berth.k8s.resource.IPAddressPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pools that can be used together, and what kept others out. Where a pool overlaps with others the ones that worked before go
 * first: a process that runs keeps its last good configuration.
 */
public record Configuration(Pools pools, Map<String, IPAddressPool> poolsByName, List<ConfigError> errors) {

    public static final Configuration EMPTY = new Configuration(Pools.of(List.of()), Map.of(), List.of());

    public Configuration {
        poolsByName = Map.copyOf(poolsByName);
        errors = List.copyOf(errors);
    }

    /** The configuration of a world that nobody has worked with yet. */
    public static Configuration of(ClusterState state) {
        return EMPTY.followedBy(state);
    }

    /**
     * The configuration after a change: pools that are as they were come first, then the others in the order of their names. One
     * that overlaps with an earlier one is left out, or, where it worked before in another form, stays in that form.
     */
    public Configuration followedBy(ClusterState state) {
        Map<String, IPAddressPool> candidates = new TreeMap<>();
        state.pools().forEach(pool -> candidates.put(pool.meta().name(), pool));
        List<Pool> together =
                candidates.values().stream().map(IPAddressPool::pool).toList();
        if (candidates.values().stream().noneMatch(IPAddressPool::isShut)
                && Pools.overlaps(together).isEmpty()) {
            return new Configuration(Pools.of(together), candidates, List.of());
        }
        List<Pool> accepted = new ArrayList<>();
        Map<String, IPAddressPool> byName = new TreeMap<>();
        List<ConfigError> problems = new ArrayList<>();
        List<IPAddressPool> legible =
                candidates.values().stream().filter(pool -> !pool.isShut()).toList();
        legible.stream().filter(this::isAsBefore).forEach(pool -> accept(pool, accepted, byName));
        legible.stream().filter(pool -> !isAsBefore(pool)).forEach(pool -> consider(pool, accepted, byName, problems));
        // A pool that cannot be read only holds on to its addresses: it must not keep out one that can.
        candidates.values().stream()
                .filter(IPAddressPool::isShut)
                .forEach(pool -> consider(holdingOn(pool, accepted, state), accepted, byName, problems));
        return new Configuration(Pools.of(accepted), byName, problems);
    }

    /** The configuration after a change from one state to another, which most often does not concern it: then it is this one. */
    public Configuration followedBy(ClusterState before, ClusterState after) {
        return after.isConfiguredAs(before) && !isHeldOnToOtherwise(before, after) ? this : followedBy(after);
    }

    /** Whether other addresses may be held of a pool that cannot be read. */
    private static boolean isHeldOnToOtherwise(ClusterState before, ClusterState after) {
        Set<String> shut = after.pools().stream()
                .filter(IPAddressPool::isShut)
                .map(pool -> pool.meta().name())
                .collect(Collectors.toSet());
        return !shut.isEmpty()
                && after.changedServices(before).stream()
                        .flatMap(key -> Stream.of(before, after).flatMap(state -> state.service(key).stream()))
                        .anyMatch(service -> shut.contains(service.allocatedFromPool()));
    }

    /** A pool of which not every range can be read owns at least what its services have of it. */
    private static IPAddressPool holdingOn(IPAddressPool pool, List<Pool> accepted, ClusterState state) {
        List<AddressRange> held = state.services().stream()
                .filter(service ->
                        service.allocatedFromPool().equals(pool.meta().name()))
                .flatMap(service -> service.ingress().stream())
                .map(Address::of)
                .distinct()
                .filter(address ->
                        !lies(address, pool.pool()) && accepted.stream().noneMatch(other -> lies(address, other)))
                .sorted()
                .map(AddressRange::single)
                .toList();
        return pool.with(held);
    }

    private static boolean lies(Address address, Pool pool) {
        return pool.ranges().stream().anyMatch(range -> range.contains(address));
    }

    private boolean isAsBefore(IPAddressPool pool) {
        IPAddressPool before = poolsByName.get(pool.meta().name());
        return before != null && before.pool().equals(pool.pool());
    }

    private void consider(
            IPAddressPool pool, List<Pool> accepted, Map<String, IPAddressPool> byName, List<ConfigError> problems) {
        List<Pools.Overlap> overlaps = overlaps(pool.pool(), accepted);
        if (overlaps.isEmpty()) {
            accept(pool, accepted, byName);
            return;
        }
        problems.add(error(pool, overlaps.getFirst()));
        IPAddressPool before = poolsByName.get(pool.meta().name());
        if (before != null && overlaps(before.pool(), accepted).isEmpty()) {
            accept(before, accepted, byName);
        }
    }

    private static List<Pools.Overlap> overlaps(Pool pool, List<Pool> accepted) {
        List<Pool> together = new ArrayList<>(accepted);
        together.add(pool);
        return Pools.overlaps(together);
    }

    private static void accept(IPAddressPool pool, List<Pool> accepted, Map<String, IPAddressPool> byName) {
        accepted.add(pool.pool());
        byName.put(pool.meta().name(), pool);
    }

    private static ConfigError error(IPAddressPool pool, Pools.Overlap overlap) {
        String object = pool.reference();
        boolean first = overlap.pool().name().equals(pool.meta().name());
        String mine = (first ? overlap.range() : overlap.otherRange()).toString();
        String other = (first ? overlap.otherRange() : overlap.range()).toString();
        Pool otherPool = first ? overlap.otherPool() : overlap.pool();
        return new ConfigError(
                "",
                object,
                "spec.addresses: '" + mine + "' overlaps with '" + other + "' of "
                        + (otherPool.name().equals(pool.meta().name())
                                ? "the same pool"
                                : "IPAddressPool/" + otherPool.name()));
    }
}
