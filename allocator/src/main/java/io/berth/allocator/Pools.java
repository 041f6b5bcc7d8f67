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

    private final List<Pool> preferred;
    private final Map<String, Pool> byName = new HashMap<>();
    private final NavigableMap<Address, Pool> byFirstAddress = new TreeMap<>();
    private final NavigableMap<Address, AddressRange> ranges = new TreeMap<>();

    private final Map<String, List<Pool>> listing = new HashMap<>();
    private final List<Pool> notOnlyListing = new ArrayList<>();

    private Pools(List<Pool> pools) {
        this.preferred = pools.stream().sorted(PREFERENCE).toList();
        for (Pool pool : preferred) {
            byName.put(pool.name(), pool);
            pool.ranges().forEach(range -> {
                byFirstAddress.put(range.first(), pool);
                ranges.put(range.first(), range);
            });
            index(pool);
        }
    }

    private void index(Pool pool) {
        boolean onlyLists = pool.scope() instanceof Scope.Pinned pinned
                && !pinned.namespaces().isEmpty()
                && pinned.namespaceSelectors().isEmpty();
        if (onlyLists && pool.scope() instanceof Scope.Pinned pinned) {
            pinned.namespaces()
                    .forEach(namespace -> listing.computeIfAbsent(namespace, _ -> new ArrayList<>())
                            .add(pool));
        } else {
            notOnlyListing.add(pool);
        }
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
        record Entry(Pool pool, AddressRange range) {}
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
        Map.Entry<Address, AddressRange> range = ranges.floorEntry(address);
        Map.Entry<Address, Pool> pool = byFirstAddress.floorEntry(address);
        return range != null
                        && pool != null
                        && range.getValue().contains(address)
                        && pool.getValue().gives(address)
                ? Optional.of(pool.getValue())
                : Optional.empty();
    }

    /** The pools that this service may draw from, the most preferred first. */
    List<Pool> admitting(Request request) {
        List<Pool> admitting = new ArrayList<>();
        for (Pool pool : listing.getOrDefault(request.service().namespace(), List.of())) {
            addIfAdmitting(pool, request, admitting);
        }
        for (Pool pool : notOnlyListing) {
            addIfAdmitting(pool, request, admitting);
        }
        admitting.sort(PREFERENCE);
        return admitting;
    }

    private static void addIfAdmitting(Pool pool, Request request, List<Pool> admitting) {
        if (pool.scope().judge(request) instanceof Scope.Admission.Admitted) {
            admitting.add(pool);
        }
    }
}
