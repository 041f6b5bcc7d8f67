package io.berth.k8s.advertisement;

import io.berth.allocator.ServiceKey;
import io.berth.bgp.Prefix;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.resource.Service;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What one node announces, kept up with the world. A change of a service or of its endpoints costs the decision on that service
 * and the prefixes that it touches; only a change of node, peers, pools or advertisements costs a decision on every service.
 * Belongs to one thread; knows neither time nor speaker.
 */
final class NodeRoutes {

    /** All that a decision on a service depends on, apart from the configuration. */
    private record Seen(Service service, Endpoints endpoints) {}

    private Optional<Routes> routes = Optional.empty();
    private Map<ServiceKey, Seen> seen = Map.of();
    private final Map<ServiceKey, Decision> decisions = new TreeMap<>();
    private final Map<Prefix, Map<ServiceKey, List<Claim>>> claims = new HashMap<>();
    private final Map<Prefix, JoinedClaims> joined = new TreeMap<>();

    /**
     * Takes in the world as it is now.
     *
     * @param next what the node announces in it
     * @return the prefixes that are announced in another way from now on, or not at all any more
     */
    Map<Prefix, JoinedClaims> follow(ClusterState state, Routes next) {
        Map<ServiceKey, Seen> before = routes.equals(Optional.of(next)) ? seen : Map.of();
        routes = Optional.of(next);
        seen = seen(state);
        Set<Prefix> touched = new HashSet<>();
        for (ServiceKey key : List.copyOf(decisions.keySet())) {
            if (!seen.containsKey(key)) {
                replace(new Decision(key, List.of(), List.of()), touched);
                decisions.remove(key);
            }
        }
        seen.forEach((key, now) -> {
            if (!now.equals(before.get(key))) {
                replace(next.decide(now.service, now.endpoints), touched);
            }
        });
        return rejoin(next, touched);
    }

    private static Map<ServiceKey, Seen> seen(ClusterState state) {
        Map<ServiceKey, Seen> seen = new HashMap<>();
        for (Service service : state.services()) {
            ServiceKey key = service.meta().key();
            seen.put(key, new Seen(service, Endpoints.of(state, key)));
        }
        return seen;
    }

    private void replace(Decision decision, Set<Prefix> touched) {
        Decision before = decisions.put(decision.service(), decision);
        if (before != null) {
            for (Prefix prefix : before.prefixes()) {
                claims.getOrDefault(prefix, new TreeMap<>()).remove(decision.service());
                touched.add(prefix);
            }
        }
        decision.claims()
                .forEach(claim -> claims.computeIfAbsent(claim.prefix(), _ -> new TreeMap<>())
                        .merge(decision.service(), List.of(claim), NodeRoutes::both));
        touched.addAll(decision.prefixes());
    }

    private static List<Claim> both(List<Claim> some, List<Claim> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private Map<Prefix, JoinedClaims> rejoin(Routes deciding, Set<Prefix> touched) {
        Map<Prefix, JoinedClaims> changed = new HashMap<>();
        for (Prefix prefix : touched) {
            List<Claim> all = claims.getOrDefault(prefix, Map.of()).values().stream()
                    .flatMap(List::stream)
                    .toList();
            JoinedClaims now = deciding.join(prefix, all);
            JoinedClaims before = all.isEmpty() ? joined.remove(prefix) : joined.put(prefix, now);
            if (all.isEmpty()) {
                claims.remove(prefix);
            }
            if (!now.equals(before)) {
                changed.put(prefix, now);
            }
        }
        return changed;
    }

    /** The decision on every service, in the order of their names. */
    List<Decision> decisions() {
        return List.copyOf(decisions.values());
    }

    /** All that is announced, in the order of prefixes and peers. */
    List<PlannedRoute> routes() {
        return joined.values().stream()
                .flatMap(ofPrefix -> ofPrefix.routes().stream())
                .toList();
    }

    List<Conflict> conflicts() {
        return joined.values().stream()
                .flatMap(ofPrefix -> ofPrefix.conflicts().stream())
                .toList();
    }
}
