package io.berth.k8s.cluster;

import io.berth.allocator.ServiceKey;
import io.berth.k8s.cluster.StatusStore.Status;
import io.berth.k8s.resource.IPAddressPool;
import io.berth.k8s.resource.Resource;
import io.berth.k8s.resource.Service;
import java.util.Map;

/**
 * What Berth has written beside the manifests of a directory, and an API server would keep on the objects.
 *
 * @param statuses of services
 * @param tenures  of pools, by their names
 */
record Beside(Map<ServiceKey, Status> statuses, Map<String, String> tenures) {

    /** The object as an API server would have it. */
    Resource on(Resource resource) {
        return switch (resource) {
            case Service service
            when statuses.get(service.meta().key()) instanceof Status(var addresses, var pool) ->
                service.with(addresses, pool);
            case IPAddressPool pool ->
                pool.with(tenures.getOrDefault(pool.meta().name(), pool.tenuresText()));
            default -> resource;
        };
    }
}
