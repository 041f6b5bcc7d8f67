package io.berth.k8s.status;

import io.berth.bgp.AddressLiteral;
import io.berth.bgp.PeerSnapshot;
import io.berth.bgp.SessionState;
import io.berth.bgp.message.Family;
import io.berth.k8s.board.StatusWrite;
import io.berth.k8s.resource.BGPPeer;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.Map;
import tools.jackson.databind.JsonNode;
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

    /**
     * The status as a tree. A peer that is away is dialled over and over, and passes through all states each time; that is one
     * state here, since when the session is down: what people read, and an API server keeps, changes when something happens.
     *
     * @param previous the status that was written last; see {@link StatusWrite#isDone}
     */
    public ObjectNode tree(JsonNode previous) {
        ObjectNode tree = JsonNodeFactory.instance
                .objectNode()
                .put("node", node)
                .put("peer", peer.meta().name())
                .put("remote", text(session.remote()))
                .put("localASN", peer.myAsn());
        if (peer.peerAsn() != 0) {
            tree.put("peerASN", peer.peerAsn());
        }
        SessionState state = shown();
        return tree.put("state", state.toString())
                .put("since", since(state, previous))
                .put("reason", session.reason())
                .put("announcedIPv4", session.announced().getOrDefault(Family.IPV4_UNICAST, 0))
                .put("announcedIPv6", session.announced().getOrDefault(Family.IPV6_UNICAST, 0));
    }

    private SessionState shown() {
        return switch (session.state()) {
            case IDLE, ESTABLISHED -> session.state();
            case CONNECT, ACTIVE, OPEN_SENT, OPEN_CONFIRM -> SessionState.ACTIVE;
        };
    }

    private String since(SessionState state, JsonNode previous) {
        String before = previous.path("since").asString("");
        boolean isStillDown = state != SessionState.ESTABLISHED
                && previous.path("state").asString("").equals(state.toString());
        return isStillDown && !before.isEmpty() ? before : Condition.timestamp(session.since());
    }

    private static String text(InetSocketAddress remote) {
        String address = AddressLiteral.of(remote.getAddress());
        return (remote.getAddress() instanceof Inet6Address ? "[" + address + "]" : address) + ":" + remote.getPort();
    }
}
