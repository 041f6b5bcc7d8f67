package io.berth.allocator;

import io.berth.allocator.Verdict.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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

    /** The pools that admit the service, in the order in which they were considered, then the others in that of preference. */
    public List<Verdict> verdicts() {
        Set<String> said = new HashSet<>();
        noted.forEach(verdict -> said.add(verdict.pool()));
        List<Verdict> verdicts = new ArrayList<>(noted);
        List<Verdict> closed = new ArrayList<>();
        for (Pool pool : pools.inOrder()) {
            if (!said.contains(pool.name())) {
                boolean open = pool.admits(request);
                (open ? verdicts : closed).add(open ? passedOver(pool) : refusal(pool));
            }
        }
        verdicts.addAll(closed);
        return List.copyOf(verdicts);
    }

    /** A pool that admits a service which keeps what it has, and was not searched. */
    private Verdict passedOver(Pool pool) {
        Optional<String> named = request.wish().namedPool();
        if (!request.wish().addresses().isEmpty()) {
            String asked = Wording.listed(request.wish().addresses());
            return new Verdict(pool.name(), Kind.NOT_REQUESTED, "the service asks for " + asked);
        }
        if (named.isPresent() && !named.get().equals(pool.name())) {
            return new Verdict(pool.name(), Kind.NOT_REQUESTED, "the service asks for pool " + named.get());
        }
        return named.isEmpty() && pool.autoAssign() == Pool.AutoAssign.DISABLED
                ? new Verdict(pool.name(), Kind.AUTO_ASSIGN_DISABLED, Wording.ON_REQUEST_ONLY)
                : new Verdict(pool.name(), Kind.LOWER_PREFERENCE, "the service keeps the address that it has");
    }

    private Verdict refusal(Pool pool) {
        return switch (pool.judge(request)) {
            case Scope.Admission.NamespaceNotAllowed(String why) ->
                new Verdict(pool.name(), Kind.NAMESPACE_NOT_ALLOWED, why);
            case Scope.Admission.ServiceNotSelected(String why) ->
                new Verdict(pool.name(), Kind.SERVICE_NOT_SELECTED, why);
            case Scope.Admission.Admitted _ ->
                throw new IllegalStateException("pool " + pool.name() + " admits the service");
        };
    }
}
