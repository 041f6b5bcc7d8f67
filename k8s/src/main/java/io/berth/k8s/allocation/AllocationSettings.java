package io.berth.k8s.allocation;

import io.berth.allocator.OutOfScope;

/**
 * What an operator may choose about allocation.
 *
 * @param loadBalancerClass whose services are ours; empty for those that name no class
 * @param outOfScope        what becomes of an address whose pool no longer admits the service that has it
 */
public record AllocationSettings(String loadBalancerClass, OutOfScope outOfScope) {

    /** Services without a class, as MetalLB does; and a label edit causes no outage. */
    public static final AllocationSettings DEFAULT = new AllocationSettings("", OutOfScope.KEEP);
}
