package io.berth.k8s.resource;

import io.berth.allocator.Address;
import io.berth.allocator.ServiceKey;
import java.time.Instant;

/** Whose an address is, or was until a while ago: what a pool that keeps released addresses has to remember over a restart. */
public sealed interface Tenure {

    ServiceKey service();

    Address address();

    /** The service has the address. Once it is gone without anybody having seen it go, it was released just now. */
    record Current(ServiceKey service, Address address) implements Tenure {}

    /**
     * The service gave the address back.
     *
     * @param until when others may have it
     */
    record Released(ServiceKey service, Address address, Instant until) implements Tenure {}

    /**
     * The service is about to be given the address.
     *
     * @param version the service's resourceVersion when that was promised: it is given to no later one by this promise
     */
    record Promised(ServiceKey service, Address address, String version) implements Tenure {}
}
