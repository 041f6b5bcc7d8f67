package io.berth.allocator;

import java.util.List;

/** Which addresses a service has, and from which pool. */
public record Assignment(ServiceKey service, String pool, List<Address> addresses) {
    public Assignment {
        addresses = List.copyOf(addresses);
    }
}
