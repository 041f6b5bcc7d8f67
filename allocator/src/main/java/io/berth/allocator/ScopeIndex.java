package io.berth.allocator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the pools that can admit a service without asking every pool. A pool that admits only what bears certain marks (the
 * name of a namespace, a label with a value) is found by these; a pool that cannot be told by marks is always asked.
 */
final class ScopeIndex {

    /** Something that a service must bear at least one of to be admitted by a pool. */
    private sealed interface Mark {

        record NamespaceName(String name) implements Mark {}

        record NamespaceLabel(String key, String value) implements Mark {}

        record ServiceLabel(String key, String value) implements Mark {}
    }

    private final Map<Mark, List<Pool>> marked = new HashMap<>();
    private final List<Pool> unmarked = new ArrayList<>();

    ScopeIndex(List<Pool> pools) {
        for (Pool pool : pools) {
            List<Mark> marks = marks(pool.scope());
            marks.forEach(
                    mark -> marked.computeIfAbsent(mark, _ -> new ArrayList<>()).add(pool));
            if (marks.isEmpty()) {
                unmarked.add(pool);
            }
        }
    }

    /** Every pool that admits the service, and few others, in no order. */
    Collection<Pool> near(Request request) {
        Set<Pool> near = Collections.newSetFromMap(new IdentityHashMap<>());
        near.addAll(unmarked);
        add(new Mark.NamespaceName(request.service().namespace()), near);
        request.namespaceLabels().forEach((key, value) -> add(new Mark.NamespaceLabel(key, value), near));
        request.serviceLabels().forEach((key, value) -> add(new Mark.ServiceLabel(key, value), near));
        return near;
    }

    private void add(Mark mark, Set<Pool> near) {
        near.addAll(marked.getOrDefault(mark, List.of()));
    }

    /** Marks of which every service that the scope admits bears one; none where there are no such marks. */
    private static List<Mark> marks(Scope scope) {
        if (!(scope instanceof Scope.Pinned pinned)) {
            return List.of();
        }
        List<Mark> marks = new ArrayList<>();
        pinned.namespaces().forEach(name -> marks.add(new Mark.NamespaceName(name)));
        List<Selector> selectors =
                pinned.restrictsNamespaces() ? pinned.namespaceSelectors() : pinned.serviceSelectors();
        for (Selector selector : selectors) {
            Optional<Requirement.In> telling = selector.requirements().stream()
                    .filter(Requirement.In.class::isInstance)
                    .map(Requirement.In.class::cast)
                    .findFirst();
            if (telling.isEmpty()) {
                return List.of();
            }
            Requirement.In in = telling.get();
            in.values().forEach(value -> marks.add(mark(pinned, in.key(), value)));
        }
        return marks;
    }

    private static Mark mark(Scope.Pinned pinned, String key, String value) {
        return pinned.restrictsNamespaces() ? new Mark.NamespaceLabel(key, value) : new Mark.ServiceLabel(key, value);
    }
}
