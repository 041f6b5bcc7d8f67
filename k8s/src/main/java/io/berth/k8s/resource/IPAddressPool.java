package io.berth.k8s.resource;

import io.berth.allocator.AddressRange;
import io.berth.allocator.Pool;
import io.berth.allocator.Pool.AutoAssign;
import io.berth.allocator.Pool.BuggyIps;
import io.berth.allocator.Scope;
import io.berth.allocator.Selector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** An IPAddressPool (metallb.io/v1beta1), as the allocator knows it. */
public record IPAddressPool(ObjectMeta meta, Pool pool) implements Resource {

    /** Who has which address and for whom released ones are kept; written by Berth on pools that keep any. */
    public static final String TENURES_ANNOTATION = "berth.io/tenures";

    static IPAddressPool from(ObjectMeta meta, BerthAnnotations annotations, Fields root) {
        Fields spec = root.required("spec");
        Fields allocation = spec.object("serviceAllocation");
        Pool pool = new Pool(
                meta.name(),
                ranges(spec),
                spec.flag("autoAssign", true) ? AutoAssign.ENABLED : AutoAssign.DISABLED,
                spec.flag("avoidBuggyIPs", false) ? BuggyIps.AVOIDED : BuggyIps.GIVEN,
                spec.has("serviceAllocation") ? pinned(allocation) : new Scope.Open(),
                annotations.terms());
        spec.done();
        return new IPAddressPool(meta, pool);
    }

    /** Who has which address, and for whom released ones are kept, as far as the pool remembers. */
    public List<Tenure> tenures() {
        return Tenures.parse(tenuresText());
    }

    /** The annotation that says so; empty where there is none. */
    public String tenuresText() {
        return meta.annotations().getOrDefault(TENURES_ANNOTATION, "");
    }

    /** The same pool with another annotation of tenures; an empty one takes it away. */
    public IPAddressPool with(String tenures) {
        return new IPAddressPool(
                tenures.isEmpty()
                        ? meta.withoutAnnotation(TENURES_ANNOTATION)
                        : meta.withAnnotation(TENURES_ANNOTATION, tenures),
                pool);
    }

    /** The same pool with these ranges besides its own. */
    public IPAddressPool with(List<AddressRange> more) {
        List<AddressRange> ranges = new ArrayList<>(pool.ranges());
        ranges.addAll(more);
        return new IPAddressPool(
                meta, new Pool(pool.name(), ranges, pool.autoAssign(), pool.buggyIps(), pool.scope(), pool.terms()));
    }

    /** Whether it cannot be used, and only holds on to its addresses. */
    public boolean isShut() {
        return pool.scope() instanceof Scope.Closed;
    }

    /** The same pool as long as it cannot be used: its addresses stay its own, and nobody gets one. */
    IPAddressPool shut() {
        return new IPAddressPool(
                meta,
                new Pool(
                        pool.name(),
                        pool.ranges(),
                        pool.autoAssign(),
                        pool.buggyIps(),
                        new Scope.Closed(),
                        pool.terms()));
    }

    private static List<AddressRange> ranges(Fields spec) {
        List<String> entries = spec.texts("addresses");
        if (entries.isEmpty()) {
            spec.error("addresses", "must list at least one CIDR or range");
        }
        List<AddressRange> ranges = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            try {
                AddressRange range = AddressRange.parse(entries.get(i));
                ranges.add(range);
                if (range.hostBits() == AddressRange.HostBits.SET) {
                    spec.warn(
                            Warning.Reason.HOST_BITS_SET,
                            "spec.addresses[" + i + "]: '" + entries.get(i) + "' means the whole block from "
                                    + range.first() + " to " + range.last() + "; write it with its first address");
                }
            } catch (IllegalArgumentException e) {
                spec.error("addresses[" + i + "]", String.valueOf(e.getMessage()));
            }
        }
        return ranges;
    }

    private static Scope pinned(Fields allocation) {
        int priority = allocation.integer("priority", 0);
        if (priority < 0) {
            allocation.error("priority", "must not be negative, got " + priority);
        }
        List<String> namespaces = allocation.texts("namespaces");
        if (new HashSet<>(namespaces).size() < namespaces.size()) {
            allocation.error("namespaces", "lists a namespace twice, got " + namespaces);
        }
        List<Selector> namespaceSelectors = LabelSelectors.all(allocation, "namespaceSelectors");
        List<Selector> serviceSelectors = LabelSelectors.all(allocation, "serviceSelectors");
        allocation.done();
        return new Scope.Pinned(Math.max(0, priority), new HashSet<>(namespaces), namespaceSelectors, serviceSelectors);
    }
}
