package io.berth.allocator;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who may draw from a pool ({@code spec.serviceAllocation}).
 *
 * <p>A namespace that is listed or matched by a selector is admitted; with neither given every namespace is. A selector that
 * matches no namespace admits nobody: it never turns into everybody.
 */
public sealed interface Scope {

    /** The pool has no {@code serviceAllocation}: everybody may, after all pools that say who may. */
    record Open() implements Scope {}

    /**
     * What the pool says cannot be read, so nobody may until it is mended. Its addresses stay with those who have them: a slip
     * in a manifest must not cause an outage.
     */
    record Closed() implements Scope {}

    /**
     * The pool says who may.
     *
     * @param priority lower comes first; 0 stands for none and comes last
     */
    record Pinned(
            int priority, Set<String> namespaces, List<Selector> namespaceSelectors, List<Selector> serviceSelectors)
            implements Scope {
        public Pinned {
            if (priority < 0) {
                throw new IllegalArgumentException("priority must not be negative, got " + priority);
            }
            namespaces = Set.copyOf(namespaces);
            namespaceSelectors = List.copyOf(namespaceSelectors);
            serviceSelectors = List.copyOf(serviceSelectors);
        }

        /** Whether only some namespaces are admitted. */
        boolean restrictsNamespaces() {
            return !namespaces.isEmpty() || !namespaceSelectors.isEmpty();
        }
    }

    /** The label by which Kubernetes lets a selector name a namespace; its values are other tenants' names. */
    String NAMESPACE_NAME = "kubernetes.io/metadata.name";

    /** What a scope makes of a request. */
    sealed interface Admission {

        record Admitted() implements Admission {}

        record NamespaceNotAllowed(String why) implements Admission {}

        record ServiceNotSelected(String why) implements Admission {}
    }

    /**
     * The order in which scopes are preferred: pinned ones first, then the lower priority, then the more specific. Two that are
     * equal here are told apart by the names of their pools.
     */
    Comparator<Scope> PREFERENCE = Comparator.comparingInt(Scope::openness)
            .thenComparingInt(Scope::rank)
            .thenComparingInt(Scope::breadth);

    private int openness() {
        return this instanceof Pinned ? 0 : 1;
    }

    private int rank() {
        return this instanceof Pinned pinned && pinned.priority > 0 ? pinned.priority : Integer.MAX_VALUE;
    }

    private int breadth() {
        return switch (this) {
            case Pinned pinned when !pinned.namespaces.isEmpty() -> 0;
            case Pinned pinned when !pinned.namespaceSelectors.isEmpty() -> 1;
            case Pinned pinned when !pinned.serviceSelectors.isEmpty() -> 2;
            case Pinned _, Open _, Closed _ -> 3;
        };
    }

    /** The priority as written; 0 where there is none. */
    default int priority() {
        return this instanceof Pinned pinned ? pinned.priority : 0;
    }

    default boolean admitsNamespace(String namespace, Map<String, String> labels) {
        return switch (this) {
            case Open _ -> true;
            case Closed _ -> false;
            case Pinned pinned ->
                !pinned.restrictsNamespaces()
                        || pinned.namespaces.contains(namespace)
                        || pinned.namespaceSelectors.stream().anyMatch(selector -> selector.matches(labels));
        };
    }

    default boolean admitsService(Map<String, String> labels) {
        return switch (this) {
            case Open _ -> true;
            case Closed _ -> false;
            case Pinned pinned ->
                pinned.serviceSelectors.isEmpty()
                        || pinned.serviceSelectors.stream().anyMatch(selector -> selector.matches(labels));
        };
    }

    /** Whether this service of this namespace may draw. */
    default boolean admits(Request request) {
        return admitsNamespace(request.service().namespace(), request.tenant().labels())
                && admitsService(request.serviceLabels());
    }

    /** Whether this service of this namespace may draw, and why not; {@link #admits} costs less. */
    default Admission judge(Request request) {
        String namespace = request.service().namespace();
        return switch (this) {
            case Open _ -> new Admission.Admitted();
            case Closed _ ->
                new Admission.NamespaceNotAllowed("the pool gives nothing until its IPAddressPool can be read again");
            case Pinned pinned
            when !admitsNamespace(namespace, request.tenant().labels()) ->
                new Admission.NamespaceNotAllowed(
                        namespaceRefusal(pinned, namespace, request.tenant().labels()));
            case Pinned pinned
            when !admitsService(request.serviceLabels()) ->
                new Admission.ServiceNotSelected("the service "
                        + pinned.serviceSelectors.getFirst().mismatch(request.serviceLabels())
                        + others(pinned.serviceSelectors));
            case Pinned _ -> new Admission.Admitted();
        };
    }

    /** Says what this namespace lacks, and nothing of the other namespaces that are admitted: they are other tenants. */
    private static String namespaceRefusal(Pinned pinned, String namespace, Map<String, String> labels) {
        if (pinned.namespaceSelectors.isEmpty()) {
            return "namespace " + namespace + " is not among the namespaces that the pool lists";
        }
        Requirement unmet =
                pinned.namespaceSelectors.getFirst().firstUnmet(labels).orElseThrow();
        if (unmet.key().equals(NAMESPACE_NAME)) {
            return "namespace " + namespace + " is not among the namespaces that the pool selects by name";
        }
        String mismatch = "namespace " + namespace + " "
                + pinned.namespaceSelectors.getFirst().mismatch(labels) + others(pinned.namespaceSelectors);
        return pinned.namespaces.isEmpty() ? mismatch : mismatch + ", and is not listed by name";
    }

    private static String others(List<Selector> selectors) {
        return selectors.size() == 1
                ? ""
                : " (nor does any other of the pool's " + selectors.size() + " selectors match)";
    }
}
