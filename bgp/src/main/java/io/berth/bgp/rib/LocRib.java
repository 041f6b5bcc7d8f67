package io.berth.bgp.rib;

import io.berth.bgp.Route;
import io.berth.bgp.message.Family;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What should be announced, by owner: the desired state from which each {@link AdjRibOut} finds its own difference.
 *
 * <p>An owner says all of its routes at once and may say them again at any time; a change costs the owner's routes, not the
 * table. Belongs to one thread.
 */
public final class LocRib {

    private final Map<String, Set<Route>> routesByOwner = new HashMap<>();
    private final PerFamily<FamilyRib> families = new PerFamily<>(_ -> new FamilyRib());

    /** The Adj-RIB-Out of a new peer; it takes part in every change from now on, until {@link #detach}. */
    public AdjRibOut attach(String peer) {
        return new AdjRibOut(peer, families);
    }

    public void detach(AdjRibOut out) {
        out.detach();
    }

    /**
     * Replaces what an owner wants announced; the empty set ends its part.
     *
     * @param nowNanos the present by a monotonic clock, from which the lag of the announcement counts
     */
    public void setRoutes(String owner, Set<Route> routes, long nowNanos) {
        Set<Route> before = routesByOwner.getOrDefault(owner, Set.of());
        Map<Family, Set<Integer>> changed = new EnumMap<>(Family.class);
        for (Route route : before) {
            if (!routes.contains(route)) {
                note(changed, route, rib(route).remove(owner, route));
            }
        }
        for (Route route : routes) {
            if (!before.contains(route)) {
                note(changed, route, rib(route).add(owner, route));
            }
        }
        if (routes.isEmpty()) {
            routesByOwner.remove(owner);
        } else {
            routesByOwner.put(owner, Set.copyOf(routes));
        }
        changed.forEach((family, ids) -> ids.forEach(id -> families.get(family).mark(id, nowNanos)));
    }

    /** Every owner that wants something announced. */
    public Set<String> owners() {
        return Set.copyOf(routesByOwner.keySet());
    }

    /** How many routes all owners together want announced. */
    public int size() {
        return routesByOwner.values().stream().mapToInt(Set::size).sum();
    }

    private static void note(Map<Family, Set<Integer>> changed, Route route, int id) {
        changed.computeIfAbsent(Family.of(route.prefix()), _ -> new HashSet<>()).add(id);
    }

    private FamilyRib rib(Route route) {
        return families.get(Family.of(route.prefix()));
    }
}
