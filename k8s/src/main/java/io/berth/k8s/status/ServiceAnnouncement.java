package io.berth.k8s.status;

import io.berth.allocator.ServiceKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A ServiceBGPStatus: to which peers a node announces a service. They are those that it is meant for; which of them have a session
 * is in the BGPSessions.
 *
 * @param peers names of BGPPeers, in order
 */
public record ServiceAnnouncement(String node, ServiceKey service, List<String> peers) {

    public ServiceAnnouncement {
        peers = List.copyOf(peers);
    }

    public static ServiceAnnouncement of(String node, ServiceKey service, Collection<String> peers) {
        return new ServiceAnnouncement(
                node, service, peers.stream().distinct().sorted().toList());
    }

    /** What a status says; empty where it says nothing that this could have written. */
    static Optional<ServiceAnnouncement> read(JsonNode status) {
        String namespace = status.path("serviceNamespace").asString("");
        String name = status.path("serviceName").asString("");
        List<String> peers = status.path("peers")
                .valueStream()
                .map(peer -> peer.asString(""))
                .toList();
        return namespace.isEmpty() || name.isEmpty()
                ? Optional.empty()
                : Optional.of(new ServiceAnnouncement(
                        status.path("node").asString(""), new ServiceKey(namespace, name), peers));
    }

    /** The object's name, the same for the same service and node; begins as MetalLB's do. */
    public String name() {
        return Names.object("bgp-" + node, service.namespace(), service.name());
    }

    /** The object's labels: MetalLB's. */
    public Map<String, String> labels() {
        return Map.of(
                "metallb.io/node", Names.label(node),
                "metallb.io/service-namespace", service.namespace(),
                "metallb.io/service-name", service.name());
    }

    /** The status as a tree. */
    public ObjectNode tree() {
        ObjectNode tree = JsonNodeFactory.instance
                .objectNode()
                .put("node", node)
                .put("serviceName", service.name())
                .put("serviceNamespace", service.namespace());
        ArrayNode names = tree.putArray("peers");
        peers.forEach(names::add);
        return tree;
    }
}
