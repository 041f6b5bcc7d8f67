package io.berth.k8s.resource;

import io.berth.allocator.Fence;
import io.berth.allocator.Quota;
import io.berth.allocator.Tenant;

/**
 * A Namespace; its labels decide which pools its services may draw from, and what else is laid down for them.
 *
 * @param fence the annotation {@code berth.io/pools}
 * @param quota the annotation {@code berth.io/address-quota}
 */
public record Namespace(ObjectMeta meta, Fence fence, Quota quota) implements Resource {

    static Namespace from(ObjectMeta meta, BerthAnnotations annotations) {
        return new Namespace(meta, annotations.fence(), annotations.addressQuota());
    }

    /** What the allocator knows of it. */
    public Tenant tenant() {
        return new Tenant(meta.labels(), fence, quota);
    }

    /** The same with what was last laid down in the place of what cannot be read; nothing was, where a restriction is new. */
    Namespace standingInBy(Namespace lastGood) {
        boolean wasFenced = fence instanceof Fence.Unreadable && !(lastGood.fence instanceof Fence.Open);
        boolean wasLimited = quota instanceof Quota.Unreadable && !(lastGood.quota instanceof Quota.Unlimited);
        return new Namespace(meta, wasFenced ? lastGood.fence : fence, wasLimited ? lastGood.quota : quota);
    }
}
