package io.berth.k8s.lint;

import io.berth.allocator.Family;
import io.berth.allocator.Pool;
import io.berth.allocator.Scope;
import io.berth.allocator.Selector;
import io.berth.k8s.cluster.Configuration;
import io.berth.k8s.resource.NearestName;
import io.berth.k8s.resource.Warning;
import io.berth.k8s.resource.Warning.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Pools whose scope admits nobody, or the wrong ones, or leaves the choice to chance elsewhere. */
final class PoolLints {

    private final List<Pool> pools;
    private final Map<String, Map<String, String>> namespaces;
    private final List<Warning> warnings = new ArrayList<>();

    /** @param namespaces the labels of every namespace that is known */
    PoolLints(Configuration configuration, Map<String, Map<String, String>> namespaces) {
        this.pools = configuration.pools().inOrder();
        this.namespaces = namespaces;
    }

    List<Warning> warnings() {
        if (!namespaces.isEmpty()) {
            for (Pool pool : pools) {
                if (pool.scope() instanceof Scope.Pinned pinned) {
                    namespacesNotFound(pool, pinned);
                    selectorMatchesNothing(pool, pinned);
                }
            }
            noFallbackPool();
        }
        samePriority();
        return warnings;
    }

    private void namespacesNotFound(Pool pool, Scope.Pinned pinned) {
        pinned.namespaces().stream()
                .filter(namespace -> !namespaces.containsKey(namespace))
                .sorted()
                .forEach(namespace -> warn(
                        Reason.NAMESPACE_NOT_FOUND,
                        pool,
                        "spec.serviceAllocation.namespaces: namespace " + namespace + " does not exist"
                                + NearestName.hint(namespace, namespaces.keySet())
                                + ", so nobody draws from the pool by that name"));
    }

    private void selectorMatchesNothing(Pool pool, Scope.Pinned pinned) {
        List<Selector> selectors = pinned.namespaceSelectors();
        boolean matches = selectors.stream()
                .anyMatch(selector -> namespaces.values().stream().anyMatch(selector::matches));
        if (!selectors.isEmpty() && !matches) {
            String wanted = selectors.stream().map(Selector::describe).collect(Collectors.joining(", or "));
            warn(
                    Reason.SELECTOR_MATCHES_NOTHING,
                    pool,
                    "spec.serviceAllocation.namespaceSelectors: no namespace has " + wanted
                            + ", so " + (pinned.namespaces().isEmpty() ? "nobody draws" : "nobody else draws")
                            + " from the pool; label the namespaces that should");
        }
    }

    private void noFallbackPool() {
        if (pools.isEmpty()) {
            return;
        }
        namespaces.forEach((namespace, labels) -> {
            boolean admitted = pools.stream()
                    .anyMatch(pool -> pool.autoAssign() == Pool.AutoAssign.ENABLED
                            && pool.scope().admitsNamespace(namespace, labels));
            if (!admitted) {
                warnings.add(new Warning(
                        Reason.NO_FALLBACK_POOL,
                        "Namespace/" + namespace,
                        "no pool gives addresses to namespace " + namespace
                                + (labels.isEmpty() ? ", which has no labels" : "")
                                + ": its services of type LoadBalancer stay pending; list it in a pool, label it, or"
                                + " add a pool for everybody with a high priority number"));
            }
        });
    }

    private void samePriority() {
        Set<Set<String>> told = new HashSet<>();
        for (int i = 0; i < pools.size(); i++) {
            Pool one = pools.get(i);
            // Pools are in the order of preference, so those of equal priority stand together.
            for (int j = i + 1; j < pools.size() && isTie(one, pools.get(j)); j++) {
                Pool other = pools.get(j);
                if (mayServeTheSame(one, other) && told.add(Set.of(one.name(), other.name()))) {
                    String common = commonNamespace(one, other);
                    if (!common.isEmpty()) {
                        warn(
                                Reason.SAME_PRIORITY,
                                other,
                                "pool " + one.name() + " has the same priority ("
                                        + priority(one) + ") and both admit " + common + "; " + one.name()
                                        + " comes first here, elsewhere that is left to chance: give them different"
                                        + " priorities");
                    }
                }
            }
        }
    }

    private static boolean isTie(Pool one, Pool other) {
        boolean bothPinned = one.scope() instanceof Scope.Pinned && other.scope() instanceof Scope.Pinned;
        boolean bothOpen = one.scope() instanceof Scope.Open && other.scope() instanceof Scope.Open;
        return (bothPinned || bothOpen)
                && one.scope().priority() == other.scope().priority();
    }

    private static boolean mayServeTheSame(Pool one, Pool other) {
        boolean bothAutomatic =
                one.autoAssign() == Pool.AutoAssign.ENABLED && other.autoAssign() == Pool.AutoAssign.ENABLED;
        return bothAutomatic && Arrays.stream(Family.values()).anyMatch(family -> one.has(family) && other.has(family));
    }

    /** A namespace that both admit, in words; empty where there is none. */
    private String commonNamespace(Pool one, Pool other) {
        if (admitsEverybody(one) && admitsEverybody(other)) {
            return "every namespace";
        }
        return namespaces.entrySet().stream()
                .filter(entry -> one.scope().admitsNamespace(entry.getKey(), entry.getValue())
                        && other.scope().admitsNamespace(entry.getKey(), entry.getValue()))
                .findFirst()
                .map(entry -> "namespace " + entry.getKey())
                .orElse("");
    }

    private static boolean admitsEverybody(Pool pool) {
        return switch (pool.scope()) {
            case Scope.Open _ -> true;
            case Scope.Closed _ -> false;
            case Scope.Pinned pinned ->
                pinned.namespaces().isEmpty() && pinned.namespaceSelectors().isEmpty();
        };
    }

    private static String priority(Pool pool) {
        return pool.scope().priority() == 0
                ? "none"
                : String.valueOf(pool.scope().priority());
    }

    private void warn(Reason reason, Pool pool, String message) {
        warnings.add(new Warning(reason, "IPAddressPool/" + pool.name(), message));
    }
}
