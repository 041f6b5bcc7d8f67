package io.berth.k8s.lint;

import io.berth.allocator.Family;
import io.berth.allocator.Pool;
import io.berth.allocator.Scope;
import io.berth.k8s.resource.Warning;
import io.berth.k8s.resource.Warning.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Pools of equal priority that one namespace may draw from. A pool is told once, with the first such pool before it: of many alike
 * each pair would be a warning otherwise. A namespace with a fence knows no ties, since its fence orders the pools.
 */
final class Ties {

    /** Stands for whoever there may be where no namespace is known. */
    private static final int ANYBODY = 0;

    /** Who has a pool of one family already, and which one first. */
    private static final class Taken {
        private final BitSet namespaces = new BitSet();
        private final Map<Integer, Pool> firsts = new HashMap<>();

        /** The first namespace of these that has a pool, with that pool. */
        Optional<Tie> tie(BitSet these) {
            BitSet common = new BitSet();
            common.or(these);
            common.and(namespaces);
            int number = common.nextSetBit(0);
            return Optional.ofNullable(firsts.get(number)).map(first -> new Tie(first, number));
        }

        void add(Pool pool, BitSet these) {
            BitSet fresh = new BitSet();
            fresh.or(these);
            fresh.andNot(namespaces);
            fresh.stream().forEach(number -> firsts.put(number, pool));
            namespaces.or(fresh);
        }
    }

    private record Tie(Pool first, int namespace) {}

    private final Namespaces namespaces;
    private final Map<Family, Taken> taken = new HashMap<>();
    private final List<Warning> warnings = new ArrayList<>();

    private Ties(Namespaces namespaces) {
        this.namespaces = namespaces;
    }

    /** @param pools in the order of preference, so that those of equal priority stand together */
    static List<Warning> among(List<Pool> pools, Namespaces namespaces) {
        Ties ties = new Ties(namespaces);
        Optional<Pool> before = Optional.empty();
        for (Pool pool : pools) {
            if (pool.autoAssign() == Pool.AutoAssign.ENABLED && !(pool.scope() instanceof Scope.Closed)) {
                if (!before.map(other -> areEqual(other, pool)).orElse(true)) {
                    ties.taken.clear();
                }
                ties.add(pool);
                before = Optional.of(pool);
            }
        }
        return ties.warnings;
    }

    private static boolean areEqual(Pool one, Pool other) {
        return one.scope() instanceof Scope.Pinned == other.scope() instanceof Scope.Pinned
                && one.scope().priority() == other.scope().priority();
    }

    private void add(Pool pool) {
        BitSet reach = reach(pool);
        families(pool)
                .flatMap(family -> taken(family).tie(reach).stream())
                .findFirst()
                .ifPresent(tie -> warnings.add(warning(pool, tie)));
        families(pool).forEach(family -> taken(family).add(pool, reach));
    }

    private BitSet reach(Pool pool) {
        if (namespaces.isEmpty()) {
            BitSet anybody = new BitSet();
            anybody.set(ANYBODY, isForEverybody(pool));
            return anybody;
        }
        BitSet reach = namespaces.admittedBy(pool.scope());
        reach.and(namespaces.unfenced());
        return reach;
    }

    private Taken taken(Family family) {
        return taken.computeIfAbsent(family, _ -> new Taken());
    }

    private static Stream<Family> families(Pool pool) {
        return Arrays.stream(Family.values()).filter(pool::has);
    }

    private Warning warning(Pool pool, Tie tie) {
        String first = tie.first.name();
        String common = isForEverybody(pool) && isForEverybody(tie.first)
                ? "every namespace"
                : "namespace " + namespaces.names().get(tie.namespace);
        return new Warning(
                Reason.SAME_PRIORITY,
                "IPAddressPool/" + pool.name(),
                "pool " + first + " has the same priority (" + priority(pool) + ") and both admit " + common + "; "
                        + first + " comes first here, elsewhere that is left to chance: give them different"
                        + " priorities");
    }

    private static boolean isForEverybody(Pool pool) {
        return switch (pool.scope()) {
            case Scope.Open _ -> true;
            case Scope.Closed _ -> false;
            case Scope.Pinned pinned ->
                pinned.namespaces().isEmpty() && pinned.namespaceSelectors().isEmpty();
        };
    }

    private static String priority(Pool pool) {
        int priority = pool.scope().priority();
        return priority == 0 ? "none" : String.valueOf(priority);
    }
}
