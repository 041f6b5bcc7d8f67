package io.berth.k8s.advertisement;

import io.berth.bgp.Prefix;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.cluster.Configuration;
import io.berth.k8s.resource.Node;
import io.berth.k8s.resource.Service;
import io.berth.k8s.resource.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What every node of a world would announce, every session taken as up.
 *
 * @param routes in the order of nodes, prefixes and peers
 * @param decisions of each node, in the order of nodes and services
 * @param warnings about advertisements that contradict each other
 */
public record Announcements(List<PlannedRoute> routes, List<OnNode> decisions, List<Warning> warnings) {

    /** A decision of one node. */
    public record OnNode(String node, Decision decision) {}

    public Announcements {
        routes = List.copyOf(routes);
        decisions = List.copyOf(decisions);
        warnings = List.copyOf(warnings);
    }

    /**
     * Works out what is announced of these services.
     *
     * @param services with the addresses that they hold in their status
     * @param state everything else
     * @param configuration that was made of the state
     */
    public static Announcements of(
            List<Service> services, ClusterState state, Configuration configuration, Rules rules) {
        List<PlannedRoute> routes = new ArrayList<>();
        List<OnNode> decisions = new ArrayList<>();
        List<Conflict> conflicts = new ArrayList<>();
        for (Node node : state.nodes()) {
            Routes ofNode = Routes.of(state, configuration, node, rules);
            Map<Prefix, List<Claim>> claims = new TreeMap<>();
            for (Service service : services) {
                Endpoints endpoints = Endpoints.of(state, service.meta().key());
                Decision decision = ofNode.decide(service, endpoints);
                decisions.add(new OnNode(node.meta().name(), decision));
                decision.claims()
                        .forEach(claim -> claims.computeIfAbsent(claim.prefix(), _ -> new ArrayList<>())
                                .add(claim));
            }
            claims.forEach((prefix, ofPrefix) -> {
                JoinedClaims joined = ofNode.join(prefix, ofPrefix);
                routes.addAll(joined.routes());
                conflicts.addAll(joined.conflicts());
            });
        }
        return new Announcements(routes, decisions, Conflict.warnings(conflicts));
    }
}
