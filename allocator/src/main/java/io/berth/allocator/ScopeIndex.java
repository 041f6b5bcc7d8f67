package io.berth.allocator;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the pools that can admit a service without asking every pool. A pool that admits only what bears certain marks (the
 * name of a namespace, a label with a value) is found by these; a pool that cannot be told by marks is always asked. Pools are
 * told by their ranks: their places in the order of preference.
 */
final class ScopeIndex {

    private static final int[] NOBODY = {};

    /** What a service must bear at least one of to be admitted by a pool. */
    private static final class Marks {
        private final Map<String, int[]> namespaces = new HashMap<>();
        private final Map<String, Map<String, int[]>> namespaceLabels = new HashMap<>();
        private final Map<String, Map<String, int[]>> serviceLabels = new HashMap<>();
    }

    private final Marks marks = new Marks();
    private int[] unmarked = NOBODY;

    ScopeIndex(List<Pool> pools) {
        for (int rank = 0; rank < pools.size(); rank++) {
            switch (pools.get(rank).scope()) {
                case Scope.Open _ -> unmarked = with(rank, unmarked);
                case Scope.Closed _ -> {
                    // Admits nobody.
                }
                case Scope.Pinned pinned -> mark(rank, pinned);
            }
        }
    }

    private static int[] with(int rank, int[] ranks) {
        if (ranks.length > 0 && ranks[ranks.length - 1] == rank) {
            return ranks;
        }
        int[] longer = Arrays.copyOf(ranks, ranks.length + 1);
        longer[ranks.length] = rank;
        return longer;
    }

    private void mark(int rank, Scope.Pinned pinned) {
        List<Selector> selectors =
                pinned.restrictsNamespaces() ? pinned.namespaceSelectors() : pinned.serviceSelectors();
        Map<String, Map<String, int[]>> labels =
                pinned.restrictsNamespaces() ? marks.namespaceLabels : marks.serviceLabels;
        List<Requirement.In> telling = selectors.stream()
                .flatMap(selector -> telling(selector).stream())
                .toList();
        boolean untold = telling.size() < selectors.size();
        if (untold || selectors.isEmpty() && pinned.namespaces().isEmpty()) {
            unmarked = with(rank, unmarked);
            return;
        }
        pinned.namespaces()
                .forEach(name -> marks.namespaces.merge(name, new int[] {rank}, (ranks, _) -> with(rank, ranks)));
        for (Requirement.In in : telling) {
            Map<String, int[]> values = labels.computeIfAbsent(in.key(), _ -> new HashMap<>());
            in.values().forEach(value -> values.merge(value, new int[] {rank}, (ranks, _) -> with(rank, ranks)));
        }
    }

    /** A requirement that every match of the selector shows by a label and its value. */
    private static Optional<Requirement.In> telling(Selector selector) {
        return selector.requirements().stream()
                .filter(Requirement.In.class::isInstance)
                .map(Requirement.In.class::cast)
                .findFirst();
    }

    /** The ranks of every pool that admits the service, and of few others; in order, each once. */
    int[] near(Request request) {
        int[] found = unmarked;
        if (!marks.namespaces.isEmpty()) {
            found = merged(
                    found, marks.namespaces.getOrDefault(request.service().namespace(), NOBODY));
        }
        found = found(marks.namespaceLabels, request.tenant().labels(), found);
        return found(marks.serviceLabels, request.serviceLabels(), found);
    }

    private static int[] found(Map<String, Map<String, int[]>> marks, Map<String, String> labels, int[] before) {
        int[] found = before;
        if (!marks.isEmpty()) {
            for (Map.Entry<String, String> label : labels.entrySet()) {
                Map<String, int[]> values = marks.getOrDefault(label.getKey(), Map.of());
                found = merged(found, values.getOrDefault(label.getValue(), NOBODY));
            }
        }
        return found;
    }

    private static int[] merged(int[] one, int[] other) {
        if (one.length == 0 || other.length == 0) {
            return one.length == 0 ? other : one;
        }
        int[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        Arrays.sort(both);
        int distinct = 0;
        for (int rank : both) {
            if (distinct == 0 || both[distinct - 1] != rank) {
                both[distinct++] = rank;
            }
        }
        return Arrays.copyOf(both, distinct);
    }
}
