package io.berth.k8s.advertisement;

import io.berth.bgp.RouteAttributes;
import io.berth.bgp.message.PathAttribute.LocalPref;
import io.berth.k8s.resource.BGPAdvertisement;
import io.berth.k8s.resource.BGPPeer;
import java.util.List;

/**
 * A BGPAdvertisement as it stands on one node: to whom it speaks there, and what it says to peers of our own AS and to others.
 *
 * @param peers of the node, in the order of their names
 */
record NodeAdvertisement(
        BGPAdvertisement resource, List<BGPPeer> peers, RouteAttributes internal, RouteAttributes external) {

    /** RFC 4271 leaves the value to the operator; this is what routers take where none is set. */
    private static final long DEFAULT_LOCAL_PREF = 100;

    NodeAdvertisement {
        peers = List.copyOf(peers);
    }

    static NodeAdvertisement of(BGPAdvertisement resource, List<BGPPeer> peersOfNode, CommunityWords communities) {
        RouteAttributes external = communities.attributes(resource.communities());
        long localPref = resource.localPref() == 0 ? DEFAULT_LOCAL_PREF : resource.localPref();
        List<BGPPeer> named = peersOfNode.stream()
                .filter(peer -> resource.selectsPeer(peer.meta().name()))
                .toList();
        return new NodeAdvertisement(resource, named, external.with(new LocalPref(localPref)), external);
    }

    String name() {
        return resource.meta().name();
    }

    RouteAttributes attributes(BGPPeer peer) {
        return peer.isInternal() ? internal : external;
    }
}
