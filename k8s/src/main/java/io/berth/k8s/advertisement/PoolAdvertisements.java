package io.berth.k8s.advertisement;

import io.berth.k8s.resource.Service;
import java.net.InetAddress;
import java.util.List;

/**
 * The advertisements of one pool, seen from one node.
 *
 * @param names of all that select the pool, in order
 * @param here those of them that also select the node
 */
record PoolAdvertisements(String pool, List<String> names, List<NodeAdvertisement> here) {

    PoolAdvertisements {
        names = List.copyOf(names);
        here = List.copyOf(here);
    }

    List<NodeAdvertisement> selecting(Service service) {
        return here.stream()
                .filter(advertisement ->
                        advertisement.resource().selectsService(service.meta().labels()))
                .toList();
    }

    /** Why none of them is about this service here. */
    Withheld whyNot(InetAddress address, String node) {
        if (names.isEmpty()) {
            return new Withheld.PoolNotAdvertised(address, pool);
        }
        return here.isEmpty()
                ? new Withheld.NodeNotSelected(address, names, node)
                : new Withheld.ServiceNotSelected(
                        address, here.stream().map(NodeAdvertisement::name).toList());
    }
}
