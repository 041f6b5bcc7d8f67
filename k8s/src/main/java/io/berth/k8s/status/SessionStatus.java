package io.berth.k8s.status;

import io.berth.bgp.AddressLiteral;
import io.berth.bgp.PeerSnapshot;
import io.berth.bgp.message.Family;
import io.berth.k8s.resource.BGPPeer;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A BGPSession: the session of one node with one peer. */
public record SessionStatus(String node, BGPPeer peer, PeerSnapshot session) {

    /** The object's name, "NODE.PEER". */
    public String name() {
        return Names.object(node, peer.meta().name());
    }

    /** The object's labels. */
    public Map<String, String> labels() {
        return Map.of(
                "berth.io/node", Names.label(node),
                "berth.io/peer", Names.label(peer.meta().name()));
    }

    /** The status as a tree. */
    public ObjectNode tree() {
        ObjectNode tree = JsonNodeFactory.instance
                .objectNode()
                .put("node", node)
                .put("peer", peer.meta().name())
                .put("remote", text(session.remote()))
                .put("localASN", peer.myAsn());
        if (peer.peerAsn() != 0) {
            tree.put("peerASN", peer.peerAsn());
        }
        return tree.put("state", session.state().toString())
                .put("since", Condition.timestamp(session.since()))
                .put("reason", session.reason())
                .put("announcedIPv4", session.announced().getOrDefault(Family.IPV4_UNICAST, 0))
                .put("announcedIPv6", session.announced().getOrDefault(Family.IPV6_UNICAST, 0));
    }

    private static String text(InetSocketAddress remote) {
        String address = AddressLiteral.of(remote.getAddress());
        return (remote.getAddress() instanceof Inet6Address ? "[" + address + "]" : address) + ":" + remote.getPort();
    }
}
