package io.berth.k8s.lint;

import io.berth.allocator.Pool;
import io.berth.allocator.Scope;
import io.berth.allocator.Selector;
import io.berth.k8s.resource.Warning;
import io.berth.k8s.resource.Warning.Reason;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;

/** Pools whose scope names namespaces that are not there, or selects none. */
final class ScopeLints {

    private final Namespaces namespaces;
    private final Slips slips;
    private final List<Warning> warnings = new ArrayList<>();

    private ScopeLints(Namespaces namespaces, Slips slips) {
        this.namespaces = namespaces;
        this.slips = slips;
    }

    /** Nothing where no namespace is known at all: then it is known of none that it is not there. */
    static List<Warning> on(List<Pool> pools, Namespaces namespaces, Slips slips) {
        if (namespaces.isEmpty()) {
            return List.of();
        }
        ScopeLints lints = new ScopeLints(namespaces, slips);
        for (Pool pool : pools) {
            if (pool.scope() instanceof Scope.Pinned pinned) {
                lints.namespacesNotFound(pool, pinned);
                lints.selectorMatchesNothing(pool, pinned);
            }
        }
        return lints.warnings;
    }

    private void namespacesNotFound(Pool pool, Scope.Pinned pinned) {
        pinned.namespaces().stream()
                .filter(namespace -> !namespaces.contains(namespace))
                .sorted()
                .forEach(namespace -> warn(
                        Reason.NAMESPACE_NOT_FOUND,
                        pool,
                        "spec.serviceAllocation.namespaces: namespace " + namespace + " does not exist"
                                + slips.hint(namespace, namespaces.names())
                                + ", so nobody draws from the pool by that name; correct the name or create it"));
    }

    private void selectorMatchesNothing(Pool pool, Scope.Pinned pinned) {
        List<Selector> selectors = pinned.namespaceSelectors();
        if (selectors.isEmpty()) {
            return;
        }
        BitSet matching = namespaces.labels().matching(selectors);
        String nobody = pinned.namespaces().isEmpty() ? "nobody draws" : "nobody else draws";
        if (matching.isEmpty()) {
            warn(
                    Reason.SELECTOR_MATCHES_NOTHING,
                    pool,
                    "spec.serviceAllocation.namespaceSelectors: no namespace has " + wanted(selectors) + hint(selectors)
                            + ", so " + nobody + " from the pool; label the namespaces that should");
        } else if (namespaces.letTo(pool.name(), matching).isEmpty()) {
            warn(
                    Reason.SELECTOR_MATCHES_NOTHING,
                    pool,
                    "spec.serviceAllocation.namespaceSelectors: every namespace that has " + wanted(selectors) + ", "
                            + namespaces.names().get(matching.nextSetBit(0)) + " for one, may draw from other pools"
                            + " only, so " + nobody + " from the pool; name it in the annotation berth.io/pools of"
                            + " those that should");
        }
    }

    private static String wanted(List<Selector> selectors) {
        return selectors.stream().map(Selector::describe).collect(Collectors.joining(", or "));
    }

    private String hint(List<Selector> selectors) {
        return selectors.stream()
                .map(selector -> namespaces.labels().hint(selector, slips))
                .filter(hint -> !hint.isEmpty())
                .findFirst()
                .orElse("");
    }

    private void warn(Reason reason, Pool pool, String message) {
        warnings.add(new Warning(reason, "IPAddressPool/" + pool.name(), message));
    }
}
