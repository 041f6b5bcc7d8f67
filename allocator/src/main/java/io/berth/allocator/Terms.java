package io.berth.allocator;

import java.time.Duration;
import java.util.List;

/**
 * How a pool gives out its addresses, beyond what MetalLB's schema has a field for: the annotations {@code berth.io/...} of an
 * IPAddressPool.
 *
 * @param excluded       never given out, though they lie within the pool's ranges
 * @param namespaceQuota how many addresses of the pool one namespace may have
 * @param overflow       what a service does that the pool admits when the pool is full
 * @param holdReleased   for how long an address stays reserved for the service that gave it back; zero for not at all
 */
public record Terms(List<AddressRange> excluded, Quota namespaceQuota, Overflow overflow, Duration holdReleased) {

    /** Where a service goes that finds its pool full. */
    public enum Overflow {
        /** To the next pool that admits it, as with MetalLB. */
        ALLOWED,
        /** Nowhere: it waits. */
        DENIED
    }

    /** The terms of MetalLB. */
    public static final Terms NONE = new Terms(List.of(), new Quota.Unlimited(), Overflow.ALLOWED, Duration.ZERO);

    public Terms {
        excluded = List.copyOf(excluded);
        if (holdReleased.isNegative()) {
            throw new IllegalArgumentException("holdReleased must not be negative, got " + holdReleased);
        }
    }
}
