package io.berth.allocator;

import java.util.Map;

/**
 * All that a decision on a service depends on, apart from pools and other services.
 *
 * @param namespaceLabels of the service's namespace; a namespace that is not known has none
 * @param serviceLabels of the service itself
 */
public record Request(
        ServiceKey service,
        Map<String, String> namespaceLabels,
        Map<String, String> serviceLabels,
        Families families,
        Wish wish,
        Sharing sharing) {

    public Request {
        namespaceLabels = Map.copyOf(namespaceLabels);
        serviceLabels = Map.copyOf(serviceLabels);
    }
}
