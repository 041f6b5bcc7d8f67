package io.berth.k8s.allocation;

import io.berth.allocator.ServiceKey;
import io.berth.k8s.cluster.Cluster;
import io.berth.k8s.cluster.Cluster.Written;
import io.berth.k8s.resource.IPAddressPool;
import io.berth.k8s.resource.Tenure;
import io.berth.k8s.resource.Tenures;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The books of the pools: for whom each keeps addresses over a restart, and which it has promised to whom, in one annotation.
 *
 * <p>Two processes that both believe that they decide would each write on another service, and neither would be in the other's way:
 * an API server guards one object at a time. So an address is promised first, on the one object that both have to change for that:
 * its pool. Each signs what it writes. A process that finds another's signature in a book, other than it was when it last looked at
 * everything, knows too little to go on: somebody else gave addresses meanwhile.
 *
 * <p>Belongs to the loop's thread.
 */
final class PoolBooks {

    /** How a book is. */
    enum Condition {
        RIGHT,
        /** It has promises that are settled; somebody may read it some day. */
        UNTIDY,
        /** It lacks something, or says what is not so. */
        WRONG
    }

    private record Page(String text, Set<Tenure> entries) {
        static Page of(String text) {
            return new Page(text, Set.copyOf(Tenures.parse(text)));
        }
    }

    /** What was read of a book last. */
    private record Standing(String signed, Page page) {}

    private final Signature signature;

    /** The last signature of each pool's book of which nothing is unknown. */
    private final Map<String, String> known = new HashMap<>();

    private Map<String, List<Tenure>> asGiven = Map.of();

    /** What should stand there; no entry where what stands there must stay. */
    private final Map<String, Page> right = new HashMap<>();

    private final Map<String, Standing> standing = new HashMap<>();
    private final Map<String, Set<ServiceKey>> waiting = new HashMap<>();

    PoolBooks(Signature signature) {
        this.signature = signature;
    }

    /**
     * From now on what these books say is known, and so is all that was done on the strength of it; or will be, before anything is
     * decided.
     */
    void trust(Collection<IPAddressPool> pools) {
        known.clear();
        pools.forEach(pool -> known.put(pool.meta().name(), Tenures.signature(pool.tenuresText())));
    }

    /** Whether nobody else has written since. */
    boolean areKnown(Collection<IPAddressPool> pools) {
        return pools.stream().allMatch(this::isKnown);
    }

    /** A book that somebody has emptied may have said anything before. */
    private boolean isKnown(IPAddressPool pool) {
        String found = Tenures.signature(pool.tenuresText());
        if (!found.isEmpty() && signature.isOwn(found)) {
            known.put(pool.meta().name(), found);
        }
        return found.equals(known.getOrDefault(pool.meta().name(), ""));
    }

    /** This is what should stand there from now on, by the names of pools. Whether it is anything new. */
    boolean shouldSay(Map<String, List<Tenure>> tenures) {
        if (tenures.equals(asGiven)) {
            return false;
        }
        right.keySet().retainAll(tenures.keySet());
        tenures.forEach((pool, those) -> {
            if (!those.equals(asGiven.get(pool))) {
                right.put(pool, Page.of(Tenures.text(those)));
            }
        });
        asGiven = tenures;
        return true;
    }

    Condition condition(IPAddressPool pool) {
        Page now = standingOn(pool);
        Page then = right.getOrDefault(pool.meta().name(), now);
        if (now.text.equals(then.text)) {
            return Condition.RIGHT;
        }
        Set<Tenure> surplus = new HashSet<>(now.entries);
        surplus.removeAll(then.entries);
        return now.entries.containsAll(then.entries) && surplus.stream().allMatch(Tenure.Promised.class::isInstance)
                ? Condition.UNTIDY
                : Condition.WRONG;
    }

    private Page standingOn(IPAddressPool pool) {
        Standing known = standing.get(pool.meta().name());
        if (known == null || !known.signed.equals(pool.tenuresText())) {
            known = new Standing(pool.tenuresText(), Page.of(Tenures.entries(pool.tenuresText())));
            standing.put(pool.meta().name(), known);
        }
        return known.page;
    }

    /** Begins to write what the book should say, unless it does. */
    CompletionStage<Written> write(IPAddressPool pool, Cluster cluster) {
        Page then = right.get(pool.meta().name());
        if (then == null || condition(pool) == Condition.RIGHT) {
            return CompletableFuture.completedStage(Written.DONE);
        }
        return cluster.writeTenures(pool, signature.under(then.text));
    }

    /** Whether all of these promises stand in the book. */
    boolean hasPromised(List<Tenure.Promised> promised, Optional<IPAddressPool> pool) {
        return promised.isEmpty()
                || pool.filter(one -> standingOn(one).entries.containsAll(promised))
                        .isPresent();
    }

    /** A service waits for a promise. */
    void await(ServiceKey service, String pool) {
        waiting.computeIfAbsent(pool, _ -> new LinkedHashSet<>()).add(service);
    }

    /** Who waits for a promise of the pool, and from now on does not. */
    List<ServiceKey> noLongerWaiting(String pool) {
        Set<ServiceKey> those = waiting.remove(pool);
        return those == null ? List.of() : List.copyOf(those);
    }
}
