package io.berth.k8s.advertisement;

import io.berth.allocator.ServiceKey;
import io.berth.bgp.Prefix;
import io.berth.bgp.RouteAttributes;
import io.berth.bgp.message.Community;
import io.berth.bgp.message.PathAttribute;
import io.berth.bgp.message.PathAttribute.Communities;
import io.berth.bgp.message.PathAttribute.LocalPref;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A prefix as one node announces it to one peer.
 *
 * @param services that stand behind it, in the order of their names
 */
public record PlannedRoute(
        String node, String peer, Prefix prefix, RouteAttributes attributes, List<ServiceKey> services) {

    public PlannedRoute {
        services = List.copyOf(services);
    }

    /**
     * The same for a node that is about to leave (RFC 8326): with the community that asks the peer for the least preference, and
     * within our own AS with that preference itself.
     */
    PlannedRoute retiring() {
        SortedSet<Community> communities = new TreeSet<>(Set.of(Community.GRACEFUL_SHUTDOWN));
        boolean internal = false;
        for (PathAttribute attribute : attributes.attributes()) {
            if (attribute instanceof Communities said) {
                communities.addAll(said.communities());
            }
            internal |= attribute instanceof LocalPref;
        }
        RouteAttributes asked = attributes.with(new Communities(List.copyOf(communities)));
        return new PlannedRoute(node, peer, prefix, internal ? asked.with(new LocalPref(0)) : asked, services);
    }
}
