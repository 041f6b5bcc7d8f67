package io.berth.k8s.advertisement;

import io.berth.allocator.ServiceKey;
import io.berth.bgp.Prefix;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.resource.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
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

    /**
     * What a change of the world did to what is announced.
     *
     * @param routes   the prefixes that are announced in another way from now on, or not at all any more
     * @param assigned services of which something is announced from now on, and nothing was
     */
    record Change(Map<Prefix, JoinedClaims> routes, List<ServiceKey> assigned) {}

    private ClusterState followed = ClusterState.EMPTY;
    private Optional<Routes> routes = Optional.empty();
    private final Map<ServiceKey, Decision> decisions = new TreeMap<>();
    private final Map<Prefix, Map<ServiceKey, List<Claim>>> claims = new HashMap<>();
    private final Map<Prefix, JoinedClaims> joined = new TreeMap<>();

    /** Prefixes that are claimed in another way than they are joined. */
    private final Set<Prefix> touched = new HashSet<>();

    /**
     * Takes in the world as it is now.
     *
     * @param next what the node announces in it
     */
    Change follow(ClusterState state, Routes next) {
        Set<ServiceKey> concerned = routes.equals(Optional.of(next)) ? changed(state) : all(state);
        List<ServiceKey> assigned = new ArrayList<>();
        for (ServiceKey key : concerned) {
            Optional<Service> service = state.service(key);
            Decision now = service.map(present -> next.decide(present, Endpoints.of(state, key)))
                    .orElseGet(() -> new Decision(key, List.of(), List.of()));
            if (replace(now).claims().isEmpty() && !now.claims().isEmpty()) {
                assigned.add(key);
            }
            if (service.isEmpty()) {
                decisions.remove(key);
            }
        }
        Map<Prefix, JoinedClaims> changed = rejoin(next);
        touched.clear();
        followed = state;
        routes = Optional.of(next);
        return new Change(changed, assigned);
    }

    /** Takes in the world as it is now, in which the node announces by the same configuration as before. */
    Change follow(ClusterState state) {
        return follow(state, routes.orElseThrow());
    }

    private Set<ServiceKey> changed(ClusterState state) {
        Set<ServiceKey> changed = new LinkedHashSet<>(state.changedServices(followed));
        state.changedEndpoints(followed).stream()
                .filter(key -> decisions.containsKey(key) || state.service(key).isPresent())
                .forEach(changed::add);
        return changed;
    }

    private Set<ServiceKey> all(ClusterState state) {
        Set<ServiceKey> all = new LinkedHashSet<>(decisions.keySet());
        state.services().forEach(service -> all.add(service.meta().key()));
        return all;
    }

    /** Returns the decision that there was. */
    private Decision replace(Decision decision) {
        ServiceKey key = decision.service();
        Decision before = decisions.getOrDefault(key, new Decision(key, List.of(), List.of()));
        decisions.put(key, decision);
        for (Prefix prefix : before.prefixes()) {
            claims.getOrDefault(prefix, new TreeMap<>()).remove(key);
            touched.add(prefix);
        }
        decision.claims()
                .forEach(claim -> claims.computeIfAbsent(claim.prefix(), _ -> new TreeMap<>())
                        .merge(key, List.of(claim), NodeRoutes::both));
        touched.addAll(decision.prefixes());
        return before;
    }

    private static List<Claim> both(List<Claim> some, List<Claim> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private Map<Prefix, JoinedClaims> rejoin(Routes deciding) {
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

    /** All that is announced, by prefix. */
    Map<Prefix, JoinedClaims> joined() {
        return Map.copyOf(joined);
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
