package io.berth.allocator;

import java.util.List;
import java.util.stream.Collectors;

/** How decisions are put to the owners of services: the pools and their own objects by name, never another tenant's. */
final class Wording {

    private Wording() {}

    static String listed(List<Address> addresses) {
        return addresses.size() == 1
                ? addresses.getFirst().toString()
                : addresses.stream().map(Address::toString).collect(Collectors.joining(", "));
    }

    /** What the service got, and why from this pool. */
    static String got(Choice.Found found, Request request) {
        return "got " + listed(found.addresses()) + " from pool " + found.pool().name() + ", "
                + why(found.pool(), request);
    }

    /** What a service has that got an address of its second family. */
    static String grown(Choice.Found both, List<Address> held) {
        List<Address> added = both.addresses().stream()
                .filter(address -> !held.contains(address))
                .toList();
        return "keeps " + listed(held) + " and got " + listed(added) + " from pool "
                + both.pool().name() + " too";
    }

    static String noLongerAdmits(Pool pool, Request request) {
        return "pool " + pool.name() + " no longer admits the service: " + whyNot(pool, request);
    }

    /** Why a pool does not admit a service, for pools that do not. */
    static String whyNot(Pool pool, Request request) {
        return switch (pool.scope().judge(request)) {
            case Scope.Admission.NamespaceNotAllowed(String why) -> why;
            case Scope.Admission.ServiceNotSelected(String why) -> why;
            case Scope.Admission.Admitted _ -> "it does";
        };
    }

    /** Why this pool, in one phrase. */
    private static String why(Pool pool, Request request) {
        if (!request.wish().addresses().isEmpty()) {
            return "as it asked";
        }
        if (request.wish().namedPool().isPresent()) {
            return "the pool that it asked for";
        }
        return switch (pool.scope()) {
            case Scope.Pinned pinned
            when pinned.namespaces().contains(request.service().namespace()) ->
                "which lists namespace " + request.service().namespace() + priority(pinned);
            case Scope.Pinned pinned
            when !pinned.namespaceSelectors().isEmpty() -> "which selects its namespace by label" + priority(pinned);
            case Scope.Pinned pinned
            when !pinned.serviceSelectors().isEmpty() -> "which selects it by label" + priority(pinned);
            case Scope.Pinned pinned -> "which admits every namespace" + priority(pinned);
            case Scope.Open _ -> "which admits everybody";
        };
    }

    private static String priority(Scope.Pinned pinned) {
        return pinned.priority() == 0 ? "" : " (priority " + pinned.priority() + ")";
    }

    /** Why one pool comes before another. */
    static String precedence(Pool first, Pool second) {
        boolean open = second.scope() instanceof Scope.Open && first.scope() instanceof Scope.Pinned;
        if (open) {
            return "it is meant for certain services, this one is for everybody";
        }
        if (first.scope().priority() != second.scope().priority()) {
            return "priority " + inWords(first) + " before " + inWords(second);
        }
        return Scope.PREFERENCE.compare(first.scope(), second.scope()) == 0
                ? "equal priority, in the order of their names"
                : "equal priority, and its scope is the more specific";
    }

    private static String inWords(Pool pool) {
        return pool.scope().priority() == 0
                ? "0 (none, which comes last)"
                : String.valueOf(pool.scope().priority());
    }
}
