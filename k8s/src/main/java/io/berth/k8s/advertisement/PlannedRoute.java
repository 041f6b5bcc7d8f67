package io.berth.k8s.advertisement;

import io.berth.allocator.ServiceKey;
import io.berth.bgp.Prefix;
import io.berth.bgp.RouteAttributes;
import java.util.List;

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
}
