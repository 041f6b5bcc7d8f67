package io.berth.k8s.advertisement;

import io.berth.bgp.AddressLiteral;
import io.berth.bgp.PeerSnapshot;
import io.berth.bgp.message.Family;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A peer as the JSON API prints it. */
public final class PeerTree {

    private PeerTree() {}

    public static ObjectNode of(PeerSnapshot peer) {
        ObjectNode tree = JsonNodeFactory.instance
                .objectNode()
                .put("name", peer.name())
                .put("address", AddressLiteral.of(peer.remote().getAddress()))
                .put("port", peer.remote().getPort())
                .put("state", peer.state().toString())
                .put("since", peer.since().toString())
                .put("reason", peer.reason())
                .put("identifier", peer.remoteIdentifier())
                .put("pending", peer.pending());
        ObjectNode announced = tree.putObject("announced");
        for (Family family : Family.values()) {
            announced.put(word(family), peer.announced().getOrDefault(family, 0));
        }
        return tree;
    }

    private static String word(Family family) {
        return switch (family) {
            case IPV4_UNICAST -> "ipv4";
            case IPV6_UNICAST -> "ipv6";
        };
    }
}
