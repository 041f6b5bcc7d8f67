package io.berth.k8s.lint;

import io.berth.allocator.Fence;
import io.berth.allocator.Scope;
import io.berth.allocator.Tenant;
import io.berth.k8s.cluster.ClusterState;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The namespaces that are known, numbered in the order of their names: those that are declared, and those that services live in.
 * Who may draw from a pool is a set of their numbers; a namespace may where the pool's scope and its own fence both admit it.
 */
final class Namespaces {

    private static final BitSet NOBODY = new BitSet();

    private final List<String> names;
    private final List<Tenant> tenants;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final LabelIndex labels;
    private final BitSet unfenced = new BitSet();
    private final BitSet unreadable = new BitSet();

    /** By the names of pools: who names them in its fence. */
    private final Map<String, BitSet> fencedIn = new HashMap<>();

    private Namespaces(NavigableMap<String, Tenant> known) {
        this.names = List.copyOf(known.keySet());
        this.tenants = List.copyOf(known.values());
        this.labels = new LabelIndex(tenants.stream().map(Tenant::labels).toList());
        for (int i = 0; i < names.size(); i++) {
            numbers.put(names.get(i), i);
            fence(i, tenants.get(i).fence());
        }
    }

    static Namespaces of(ClusterState state) {
        NavigableMap<String, Tenant> known = new TreeMap<>();
        Set<String> withServices = new HashSet<>();
        state.services().forEach(service -> withServices.add(service.meta().namespace()));
        withServices.forEach(name -> known.put(name, Tenant.UNKNOWN));
        state.namespaces().forEach(namespace -> known.put(namespace.meta().name(), namespace.tenant()));
        return new Namespaces(known);
    }

    private void fence(int number, Fence fence) {
        switch (fence) {
            case Fence.Open _ -> unfenced.set(number);
            case Fence.Unreadable _, Fence.Unseen _ -> unreadable.set(number);
            case Fence.Around(List<String> pools) ->
                pools.forEach(pool ->
                        fencedIn.computeIfAbsent(pool, _ -> new BitSet()).set(number));
        }
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    boolean contains(String name) {
        return numbers.containsKey(name);
    }

    /** In order; the number of each is its place. */
    List<String> names() {
        return names;
    }

    Tenant tenant(int number) {
        return tenants.get(number);
    }

    LabelIndex labels() {
        return labels;
    }

    BitSet all() {
        return labels.all();
    }

    /** Those without a fence: for them alone the priorities of pools decide. */
    BitSet unfenced() {
        return copy(unfenced);
    }

    /** Those whose fence is meant to be one and cannot be read: the error on that says all there is to say. */
    BitSet unreadable() {
        return copy(unreadable);
    }

    /** Those that a scope admits, whatever their fences. */
    BitSet admittedBy(Scope scope) {
        return switch (scope) {
            case Scope.Open _ -> all();
            case Scope.Closed _ -> new BitSet();
            case Scope.Pinned pinned
            when pinned.namespaces().isEmpty() && pinned.namespaceSelectors().isEmpty() -> all();
            case Scope.Pinned pinned -> {
                BitSet admitted = labels.matching(pinned.namespaceSelectors());
                for (String listed : pinned.namespaces()) {
                    Integer number = numbers.get(listed);
                    if (number != null) {
                        admitted.set(number);
                    }
                }
                yield admitted;
            }
        };
    }

    /** Of these, those that may draw from a pool by their fences, or whose fence cannot be read. */
    BitSet letTo(String pool, BitSet these) {
        BitSet let = copy(unfenced);
        let.or(unreadable);
        let.or(fencedIn.getOrDefault(pool, NOBODY));
        let.and(these);
        return let;
    }

    private static BitSet copy(BitSet bits) {
        BitSet copy = new BitSet();
        copy.or(bits);
        return copy;
    }
}
