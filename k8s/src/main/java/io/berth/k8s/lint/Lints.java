package io.berth.k8s.lint;

import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.cluster.Configuration;
import io.berth.k8s.resource.Warning;
import io.berth.k8s.resource.Warning.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every warning on a state of the world, in the order of the objects that they are about. */
public final class Lints {

    private Lints() {}

    public static List<Warning> of(ClusterState state, Configuration configuration) {
        List<Warning> warnings = new ArrayList<>(state.warnings());
        configuration
                .errors()
                .forEach(error -> warnings.add(new Warning(Reason.OVERLAPPING_POOLS, error.object(), error.message())));
        Map<String, Map<String, String>> namespaces = knownNamespaces(state);
        warnings.addAll(new PoolLints(configuration, namespaces).warnings());
        warnings.addAll(new ReferenceLints(state, configuration).warnings());
        warnings.addAll(DuplicateAddresses.in(state));
        warnings.sort(Comparator.comparing(Warning::object)
                .thenComparing(Warning::reason)
                .thenComparing(Warning::message));
        return List.copyOf(warnings);
    }

    /** Those that are declared, with their labels, and those that services live in. */
    private static Map<String, Map<String, String>> knownNamespaces(ClusterState state) {
        Map<String, Map<String, String>> known = new TreeMap<>();
        state.services().forEach(service -> known.put(service.meta().namespace(), Map.of()));
        state.namespaces()
                .forEach(namespace ->
                        known.put(namespace.meta().name(), namespace.meta().labels()));
        return known;
    }
}
