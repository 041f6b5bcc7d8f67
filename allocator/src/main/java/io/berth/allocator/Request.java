package io.berth.allocator;

import java.util.Map;

/**
 * All that a decision on a service depends on, apart from pools and other services.
 *
 * @param tenant what is laid down for the service's namespace
 * @param serviceLabels of the service itself
 */
public record Request(
        ServiceKey service,
        Tenant tenant,
        Map<String, String> serviceLabels,
        Families families,
        Wish wish,
        Sharing sharing) {

    public Request {
        serviceLabels = Map.copyOf(serviceLabels);
    }
}
