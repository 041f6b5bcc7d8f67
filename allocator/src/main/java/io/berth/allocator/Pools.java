package io.berth.allocator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Pools that can be used together: no two share a name or an address. Immutable; an index finds the pools that can concern a
 * namespace, so that a decision costs what these cost and not what all pools do.
 */
public final class Pools {

    /** The order in which pools are drawn from. */
    static final Comparator<Pool> PREFERENCE =
            Comparator.comparing(Pool::scope, Scope.PREFERENCE).thenComparing(Pool::name);

    /** Two entries that claim the same addresses. */
    public record Overlap(Pool pool, AddressRange range, Pool otherPool, AddressRange otherRange) {

        public String message() {
            return "IPAddressPool/" + pool.name() + ": addresses '" + range + "' overlap with '" + otherRange + "' of "
                    + (pool.name().equals(otherPool.name()) ? "the same pool" : "IPAddressPool/" + otherPool.name());
        }
    }

    /** One entry of a pool's addresses. */
    private record Entry(Pool pool, AddressRange range) {}

    private final List<Pool> preferred;
    private final Map<String, Pool> byName = new HashMap<>();

    /** By their first addresses. */
    private final NavigableMap<Address, Entry> entries = new TreeMap<>();

    private final ScopeIndex index;

    private Pools(List<Pool> pools) {
        this.preferred = pools.stream().sorted(PREFERENCE).toList();
        for (Pool pool : preferred) {
            byName.put(pool.name(), pool);
            pool.ranges().forEach(range -> entries.put(range.first(), new Entry(pool, range)));
        }
        this.index = new ScopeIndex(preferred);
    }

    /**
     * Takes these pools together.
     *
     * @throws IllegalArgumentException for two pools of one name, or entries that overlap, naming both
     */
    public static Pools of(List<Pool> pools) {
        Set<String> names = new HashSet<>();
        for (Pool pool : pools) {
            if (!names.add(pool.name())) {
                throw new IllegalArgumentException("two IPAddressPools are named " + pool.name());
            }
        }
        overlaps(pools).stream().findFirst().ifPresent(overlap -> {
            throw new IllegalArgumentException(overlap.message());
        });
        return new Pools(pools);
    }

    /** Every pair of neighbouring entries that overlap, within a pool or between two. */
    public static List<Overlap> overlaps(List<Pool> pools) {
        List<Entry> entries = pools.stream()
                .flatMap(pool -> pool.ranges().stream().map(range -> new Entry(pool, range)))
                .sorted(Comparator.comparing(entry -> entry.range().first()))
                .toList();
        List<Overlap> overlaps = new ArrayList<>();
        Optional<Entry> furthest = Optional.empty();
        for (Entry entry : entries) {
            furthest.filter(before -> before.range().overlaps(entry.range()))
                    .ifPresent(before ->
                            overlaps.add(new Overlap(entry.pool(), entry.range(), before.pool(), before.range())));
            boolean reachesFurther = furthest.isEmpty()
                    || entry.range().last().compareTo(furthest.get().range().last()) > 0;
            furthest = reachesFurther ? Optional.of(entry) : furthest;
        }
        return overlaps;
    }

    /** All pools, the most preferred first. */
    public List<Pool> inOrder() {
        return preferred;
    }

    public Optional<Pool> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public boolean isEmpty() {
        return preferred.isEmpty();
    }

    /** The pool whose address this is to give. */
    public Optional<Pool> owning(Address address) {
        return containing(address).filter(pool -> pool.owns(address));
    }

    /** The pool in whose ranges this address lies, even if it is one that the pool leaves out. */
    Optional<Pool> containing(Address address) {
        Map.Entry<Address, Entry> below = entries.floorEntry(address);
        return below != null && below.getValue().range.contains(address)
                ? Optional.of(below.getValue().pool)
                : Optional.empty();
    }

    /**
     * The pools that this service may draw from, the most preferred first: in the order of the fence, where there is one. The
     * list is the caller's.
     */
    List<Pool> admitting(Request request) {
        return switch (request.tenant().fence()) {
            case Fence.Open _ -> {
                int[] near = index.near(request);
                List<Pool> admitting = new ArrayList<>(near.length);
                for (int rank : near) {
                    Pool pool = preferred.get(rank);
                    if (pool.scope().admits(request)) {
                        admitting.add(pool);
                    }
                }
                yield admitting;
            }
            case Fence.Around(List<String> names) ->
                names.stream()
                        .distinct()
                        .flatMap(name -> named(name).stream())
                        .filter(pool -> pool.scope().admits(request))
                        .collect(Collectors.toCollection(ArrayList::new));
            case Fence.Unreadable _, Fence.Unseen _ -> new ArrayList<>();
        };
    }
}
