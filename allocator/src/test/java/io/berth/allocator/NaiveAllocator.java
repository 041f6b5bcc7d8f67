package io.berth.allocator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The rules of giving out, written down without any index: everything is found by walking all pools, all addresses and all
 * holders. It says what a service without an address would get; tests hold the allocator against it.
 */
final class NaiveAllocator {

    /** What a service has. */
    record Holding(Request request, List<Address> addresses) {}

    private List<Pool> pools;
    final Map<ServiceKey, Holding> holdings = new TreeMap<>();

    NaiveAllocator(List<Pool> pools) {
        this.pools = pools;
    }

    void setPools(List<Pool> changed) {
        pools = changed;
    }

    boolean owned(Address address) {
        return owner(address).isPresent();
    }

    Optional<Pool> owner(Address address) {
        return pools.stream().filter(pool -> all(pool).contains(address)).findFirst();
    }

    /** Every address of a pool in the order in which they are given out. */
    static List<Address> all(Pool pool) {
        List<Address> all = new ArrayList<>();
        for (AddressRange range : pool.ranges()) {
            for (Address address = range.first(); address.compareTo(range.last()) <= 0; address = address.next()) {
                boolean buggy =
                        address.toString().endsWith(".0") || address.toString().endsWith(".255");
                if (!buggy || pool.buggyIps() == Pool.BuggyIps.GIVEN) {
                    all.add(address);
                }
            }
        }
        return all;
    }

    boolean free(Address address, Request request) {
        return holdings.values().stream()
                .filter(other -> !other.request.service().equals(request.service()))
                .filter(other -> other.addresses.contains(address))
                .allMatch(other -> request.sharing()
                        .allows(
                                request.service().namespace(),
                                other.request.sharing(),
                                other.request.service().namespace()));
    }

    private Optional<Address> first(Pool pool, Family family, Request request) {
        Holding holding = holdings.getOrDefault(request.service(), new Holding(request, List.of()));
        return Stream.concat(holding.addresses.stream(), all(pool).stream())
                .filter(address -> all(pool).contains(address))
                .filter(address -> address.family() == family && free(address, request))
                .findFirst();
    }

    /** What a service would get where what it has is no longer enough: its addresses, or none. */
    List<Address> choose(Request request) {
        List<Address> wanted = request.wish().addresses();
        List<Pool> candidates = pools.stream()
                .filter(pool -> pool.admits(request))
                .filter(pool ->
                        request.wish().namedPool().map(pool.name()::equals).orElse(true))
                .filter(pool -> pool.autoAssign() == Pool.AutoAssign.ENABLED
                        || request.wish().namedPool().isPresent()
                        || !wanted.isEmpty())
                .sorted(Comparator.comparing((Pool pool) -> pool.scope() instanceof Scope.Open)
                        .thenComparing(pool -> pool.scope().priority() == 0)
                        .thenComparingInt(pool -> pool.scope().priority())
                        .thenComparingInt(NaiveAllocator::breadth)
                        .thenComparing(Pool::name))
                .toList();
        if (!wanted.isEmpty()) {
            return wish(request, wanted, candidates);
        }
        return switch (request.families()) {
            case Families.One(Family family) -> one(candidates, family, request);
            case Families.Both _ -> both(candidates, request);
            case Families.PreferBoth(Family first) ->
                Stream.of(
                                both(candidates, request),
                                one(candidates, first, request),
                                one(candidates, first.other(), request))
                        .filter(found -> !found.isEmpty())
                        .findFirst()
                        .orElse(List.of());
        };
    }

    private static int breadth(Pool pool) {
        if (!(pool.scope() instanceof Scope.Pinned pinned)) {
            return 3;
        }
        if (!pinned.namespaces().isEmpty()) {
            return 0;
        }
        if (!pinned.namespaceSelectors().isEmpty()) {
            return 1;
        }
        return pinned.serviceSelectors().isEmpty() ? 3 : 2;
    }

    private List<Address> wish(Request request, List<Address> wanted, List<Pool> candidates) {
        boolean eachFamilyOnce = wanted.stream().map(Address::family).distinct().count() == wanted.size();
        boolean familiesFit = switch (request.families()) {
            case Families.One(Family family) ->
                wanted.size() == 1 && wanted.getFirst().family() == family;
            case Families.Both _ -> wanted.size() == 2;
            case Families.PreferBoth _ -> true;
        };
        boolean onePoolHasAll = candidates.stream().anyMatch(pool -> all(pool).containsAll(wanted));
        boolean allFree = wanted.stream().allMatch(address -> free(address, request));
        return eachFamilyOnce && familiesFit && onePoolHasAll && allFree ? wanted : List.of();
    }

    private List<Address> one(List<Pool> candidates, Family family, Request request) {
        return candidates.stream()
                .flatMap(pool -> first(pool, family, request).stream())
                .limit(1)
                .toList();
    }

    private List<Address> both(List<Pool> candidates, Request request) {
        return candidates.stream()
                .map(pool -> Stream.concat(
                                first(pool, Family.IPV4, request).stream(), first(pool, Family.IPV6, request).stream())
                        .toList())
                .filter(found -> found.size() == 2)
                .findFirst()
                .orElse(List.of());
    }
}
