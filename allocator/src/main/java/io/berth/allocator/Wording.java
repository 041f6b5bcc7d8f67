package io.berth.allocator;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How decisions are put to the owners of services: the pools and their own objects by name, never another tenant's. */
final class Wording {

    static final String ON_REQUEST_ONLY = "the pool gives addresses only to services that ask for it";

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
        return switch (pool.judge(request)) {
            case Scope.Admission.NamespaceNotAllowed(String why) -> why;
            case Scope.Admission.ServiceNotSelected(String why) -> why;
            case Scope.Admission.Admitted _ -> "it does";
        };
    }

    static String notAdmittedBy(Pool pool, Request request) {
        return "pool " + pool.name() + " does not admit this service: " + whyNot(pool, request);
    }

    /** Of an address that lies in the ranges of a pool which does not give it. */
    static String leavesOut(Pool pool, Address address) {
        return Pool.isBuggy(address) && pool.buggyIps() == Pool.BuggyIps.AVOIDED
                ? "pool " + pool.name() + " leaves out addresses ending in .0 and .255 such as " + address
                : "pool " + pool.name() + " never gives out " + address + " (its annotation berth.io/exclude)";
    }

    static String letsNobodyPass(Pool barrier) {
        return "pool " + barrier.name() + " comes first, and the services that it admits wait for it"
                + " (its annotation berth.io/overflow)";
    }

    /** What it means for a service that no pool which admits it has anything for it. */
    static Refusal refusal(List<Pool> candidates, List<Offer> inTheWay, @Nullable Pool barrier) {
        boolean one = candidates.size() == 1;
        String which = one
                ? "pool " + candidates.getFirst().name()
                : "the " + candidates.size() + " pools that admit this service";
        if (inTheWay.stream().allMatch(Offer.Lacking.class::isInstance)) {
            return new Refusal.FamilyUnavailable(
                    which + (one ? " has" : " have") + " not all the families that it needs");
        }
        for (Offer offer : inTheWay) {
            if (offer instanceof Offer.OverQuota(Supplier<String> problem)) {
                return new Refusal.QuotaExceeded(problem.get());
            }
        }
        return new Refusal.PoolExhausted(
                barrier == null
                        ? which + (one ? " is full" : " are full")
                        : "pool " + barrier.name() + " is full, and the services that it admits wait for it"
                                + " (its annotation berth.io/overflow)");
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
            case Scope.Closed _ -> "which it had before";
        };
    }

    private static String priority(Scope.Pinned pinned) {
        return pinned.priority() == 0 ? "" : " (priority " + pinned.priority() + ")";
    }

    /** Why one pool comes before another. */
    static String precedence(Pool first, Pool second, Request request) {
        if (!(request.tenant().fence() instanceof Fence.Open)) {
            return "the namespace names it first (its annotation berth.io/pools)";
        }
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
