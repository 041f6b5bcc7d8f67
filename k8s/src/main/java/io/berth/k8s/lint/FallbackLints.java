package io.berth.k8s.lint;

import io.berth.allocator.Fence;
import io.berth.allocator.Pool;
import io.berth.allocator.Scope;
import io.berth.allocator.Tenant;
import io.berth.k8s.resource.Warning;
import io.berth.k8s.resource.Warning.Reason;
import java.util.BitSet;
import java.util.List;

/** Namespaces that no pool gives addresses to by itself. */
final class FallbackLints {

    private FallbackLints() {}

    /** Nothing where there are no pools at all: that would be said once for every namespace. */
    static List<Warning> on(List<Pool> pools, Namespaces namespaces) {
        if (pools.isEmpty()) {
            return List.of();
        }
        BitSet forgotten = namespaces.all();
        forgotten.andNot(namespaces.unreadable());
        for (Pool pool : pools) {
            if (pool.autoAssign() == Pool.AutoAssign.ENABLED) {
                forgotten.andNot(namespaces.letTo(pool.name(), meant(pool, namespaces)));
            }
        }
        return forgotten.stream()
                .mapToObj(number -> warning(namespaces.names().get(number), namespaces.tenant(number)))
                .toList();
    }

    /** Whom a pool is meant for. As long as that cannot be read, which is an error by itself, it may be anybody. */
    private static BitSet meant(Pool pool, Namespaces namespaces) {
        return pool.scope() instanceof Scope.Closed ? namespaces.all() : namespaces.admittedBy(pool.scope());
    }

    private static Warning warning(String namespace, Tenant tenant) {
        return new Warning(
                Reason.NO_FALLBACK_POOL,
                "Namespace/" + namespace,
                "no pool gives addresses to namespace " + namespace + why(tenant)
                        + ": its services of type LoadBalancer stay pending; " + remedy(tenant));
    }

    private static String why(Tenant tenant) {
        return tenant.fence() instanceof Fence.Around(List<String> pools)
                ? ", which may draw from " + String.join(", ", pools)
                        + " only (its annotation berth.io/pools) and is admitted by none of them"
                : tenant.labels().isEmpty() ? ", which has no labels" : "";
    }

    private static String remedy(Tenant tenant) {
        return tenant.fence() instanceof Fence.Around
                ? "name a pool there that admits it, or list it in one of these"
                : "list it in a pool, label it, or add a pool for everybody with a high priority number";
    }
}
