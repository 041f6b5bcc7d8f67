package io.berth.k8s.advertisement;

import io.berth.bgp.Audience;
import io.berth.bgp.Prefix;
import io.berth.bgp.Route;
import io.berth.bgp.RouteAttributes;
import io.berth.bgp.message.Community;
import io.berth.bgp.message.LargeCommunity;
import io.berth.bgp.message.PathAttribute;
import io.berth.bgp.message.PathAttribute.Communities;
import io.berth.bgp.message.PathAttribute.LargeCommunities;
import io.berth.bgp.message.PathAttribute.LocalPref;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All claims to one prefix on one node, taken together for each peer: the communities of all of them, and the lowest
 * LOCAL_PREF, so that a mistake costs preference and not the route.
 */
record JoinedClaims(List<PlannedRoute> routes, List<Conflict> conflicts) {

    JoinedClaims {
        routes = List.copyOf(routes);
        conflicts = List.copyOf(conflicts);
    }

    /** Joins the claims of one node to one prefix; without any the prefix is not announced. */
    static JoinedClaims of(String node, Prefix prefix, Collection<Claim> claims) {
        Map<String, List<Claim>> byPeer =
                claims.stream().collect(Collectors.groupingBy(Claim::peer, TreeMap::new, Collectors.toList()));
        List<PlannedRoute> routes = new ArrayList<>();
        List<Conflict> conflicts = new ArrayList<>();
        byPeer.forEach((peer, ofPeer) -> {
            routes.add(new PlannedRoute(
                    node,
                    peer,
                    prefix,
                    attributes(ofPeer),
                    distinct(ofPeer.stream().map(Claim::service))));
            List<Long> localPrefs = values(ofPeer, LocalPref.class, attribute -> List.of(attribute.value()));
            if (localPrefs.size() > 1) {
                conflicts.add(
                        new Conflict(peer, prefix, distinct(ofPeer.stream().map(Claim::advertisement)), localPrefs));
            }
        });
        return new JoinedClaims(routes, conflicts);
    }

    /** The same for a node that is about to leave: {@link PlannedRoute#retiring}. */
    JoinedClaims retiring() {
        return new JoinedClaims(routes.stream().map(PlannedRoute::retiring).toList(), conflicts);
    }

    /** The same for the speaker, peers that are told the same in one. */
    Set<Route> forSpeaker() {
        Map<RouteAttributes, Set<String>> audiences = routes.stream()
                .collect(Collectors.groupingBy(
                        PlannedRoute::attributes, Collectors.mapping(PlannedRoute::peer, Collectors.toSet())));
        return audiences.entrySet().stream()
                .map(entry ->
                        new Route(routes.getFirst().prefix(), entry.getKey(), new Audience.Named(entry.getValue())))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static RouteAttributes attributes(List<Claim> claims) {
        RouteAttributes joined = RouteAttributes.DEFAULT;
        List<Long> localPrefs = values(claims, LocalPref.class, attribute -> List.of(attribute.value()));
        if (!localPrefs.isEmpty()) {
            joined = joined.with(new LocalPref(localPrefs.getFirst()));
        }
        List<Community> communities = values(claims, Communities.class, Communities::communities);
        if (!communities.isEmpty()) {
            joined = joined.with(new Communities(communities));
        }
        List<LargeCommunity> large = values(claims, LargeCommunities.class, LargeCommunities::communities);
        return large.isEmpty() ? joined : joined.with(new LargeCommunities(large));
    }

    /** What all claims say in attributes of this kind, each once and in order. */
    private static <A extends PathAttribute, V extends Comparable<V>> List<V> values(
            List<Claim> claims, Class<A> kind, Function<A, List<V>> values) {
        Stream<V> all = claims.stream()
                .flatMap(claim -> claim.attributes().attributes().stream())
                .filter(kind::isInstance)
                .flatMap(attribute -> values.apply(kind.cast(attribute)).stream());
        return distinct(all);
    }

    private static <V extends Comparable<V>> List<V> distinct(Stream<V> all) {
        return all.distinct().sorted().toList();
    }
}
