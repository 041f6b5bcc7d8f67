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

    /** The same with what was last laid down in the place of what cannot be read. */
    Namespace standingInBy(Namespace lastGood) {
        return new Namespace(
                meta,
                fence instanceof Fence.Unreadable ? lastGood.fence : fence,
                quota instanceof Quota.Unreadable ? lastGood.quota : quota);
    }
}
