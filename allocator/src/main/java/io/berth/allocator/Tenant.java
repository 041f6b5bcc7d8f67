package io.berth.allocator;

import java.util.Map;

/**
 * What is laid down for all services of a namespace.
 *
 * @param labels of the Namespace
 * @param fence  which pools they may draw from, and in which order
 * @param quota  how many addresses they may have together, of all pools
 */
public record Tenant(Map<String, String> labels, Fence fence, Quota quota) {

    /** A namespace of which nothing is known. */
    public static final Tenant UNKNOWN = labelled(Map.of());

    /** A namespace that must be there and has not been seen: what is laid down for it is not known yet. */
    public static final Tenant UNSEEN = new Tenant(Map.of(), new Fence.Unseen(), new Quota.Unlimited());

    public Tenant {
        labels = Map.copyOf(labels);
    }

    /** A namespace with these labels of which nothing else is laid down. */
    public static Tenant labelled(Map<String, String> labels) {
        return new Tenant(labels, new Fence.Open(), new Quota.Unlimited());
    }
}
