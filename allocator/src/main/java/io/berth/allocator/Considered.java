package io.berth.allocator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The verdict on every pool. What depended on the moment was noted then; that a pool does not admit the service at all follows
 * from pool and request, and is only worked out for those who ask.
 */
public final class Considered {

    private final List<Verdict> noted;
    private final Pools pools;
    private final Request request;

    Considered(List<Verdict> noted, Pools pools, Request request) {
        this.noted = List.copyOf(noted);
        this.pools = pools;
        this.request = request;
    }

    /** The pools that admit the service in the order of preference, then the others in that order. */
    public List<Verdict> verdicts() {
        List<Verdict> verdicts = new ArrayList<>(noted);
        Set<String> named = new HashSet<>();
        noted.forEach(verdict -> named.add(verdict.pool()));
        for (Pool pool : pools.inOrder()) {
            if (!named.contains(pool.name())) {
                verdicts.add(refusal(pool));
            }
        }
        return List.copyOf(verdicts);
    }

    private Verdict refusal(Pool pool) {
        return switch (pool.scope().judge(request)) {
            case Scope.Admission.NamespaceNotAllowed(String why) ->
                new Verdict(pool.name(), Verdict.Kind.NAMESPACE_NOT_ALLOWED, why);
            case Scope.Admission.ServiceNotSelected(String why) ->
                new Verdict(pool.name(), Verdict.Kind.SERVICE_NOT_SELECTED, why);
            case Scope.Admission.Admitted _ ->
                new Verdict(pool.name(), Verdict.Kind.LOWER_PREFERENCE, "the service keeps the address that it has");
        };
    }
}
