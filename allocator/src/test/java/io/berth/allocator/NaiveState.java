package io.berth.allocator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What there is: pools, who has which address, and which is kept for whom. Without any index or count: everything is found by
 * walking all pools, all holders and all reservations.
 */
final class NaiveState {

    /** What a service has. */
    record Holding(Request request, List<Address> addresses) {}

    final Map<ServiceKey, Holding> holdings = new TreeMap<>();
    final List<Reservation> reservations = new ArrayList<>();
    private List<PoolContents> pools;
    private Instant now;

    NaiveState(List<Pool> pools, Instant now) {
        this.pools = inOrder(pools);
        this.now = now;
    }

    private static List<PoolContents> inOrder(List<Pool> pools) {
        return pools.stream()
                .sorted(Comparator.comparing((Pool pool) -> !(pool.scope() instanceof Scope.Pinned))
                        .thenComparing(pool -> pool.scope().priority() == 0)
                        .thenComparingInt(pool -> pool.scope().priority())
                        .thenComparingInt(NaiveState::breadth)
                        .thenComparing(Pool::name))
                .map(PoolContents::of)
                .toList();
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

    /** All pools, the most preferred first. */
    List<PoolContents> pools() {
        return pools;
    }

    boolean isOwned(Address address) {
        return pools.stream().anyMatch(pool -> pool.owns(address));
    }

    PoolContents owner(Address address) {
        for (PoolContents pool : pools) {
            if (pool.owns(address)) {
                return pool;
            }
        }
        throw new AssertionError("no pool owns " + address);
    }

    List<Address> heldBy(ServiceKey service) {
        Holding holding = holdings.get(service);
        return holding == null ? List.of() : holding.addresses;
    }

    /** Whether the service could have an address as far as its other holders go. */
    boolean fits(Address address, Request request) {
        for (Holding other : holdings.values()) {
            boolean shares = other.request.service().equals(request.service())
                    || !other.addresses.contains(address)
                    || request.sharing()
                            .allows(
                                    request.service().namespace(),
                                    other.request.sharing(),
                                    other.request.service().namespace());
            if (!shares) {
                return false;
            }
        }
        return isOwned(address);
    }

    /** Whether the service may be given an address: it fits, and is not kept for others alone. */
    boolean isFor(Address address, Request request) {
        if (!fits(address, request)) {
            return false;
        }
        boolean kept = false;
        for (Reservation reservation : reservations) {
            if (reservation.address().equals(address)) {
                kept = true;
                if (reservation.service().equals(request.service())) {
                    return true;
                }
            }
        }
        return !kept || isHeld(address);
    }

    private boolean isHeld(Address address) {
        for (Holding holding : holdings.values()) {
            if (holding.addresses.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** Puts these addresses in the place of whatever the service has. */
    void hold(Request request, List<Address> addresses) {
        ServiceKey service = request.service();
        holdings.remove(service);
        if (!addresses.isEmpty()) {
            holdings.put(service, new Holding(request, List.copyOf(addresses)));
        }
        reservations.removeIf(reservation -> isOf(reservation, service) && addresses.contains(reservation.address()));
    }

    private static boolean isOf(Reservation reservation, ServiceKey service) {
        return reservation.service().equals(service);
    }

    /** Reserves what a service gives up, where its pool would give it to the service again. */
    void keep(Request request, List<Address> givenUp) {
        for (Address address : givenUp) {
            Pool pool = owner(address).pool();
            if (pool.terms().holdReleased().isPositive() && NaiveScope.admits(pool, request)) {
                reserve(new Reservation(
                        address, request.service(), now.plus(pool.terms().holdReleased())));
            }
        }
    }

    /** What a namespace may come back to counts for its quotas together with what it has: the rest goes, what ends first in front. */
    void trim(Request request) {
        String namespace = request.service().namespace();
        for (PoolContents pool : pools) {
            trim(namespace, pool.pool().terms().namespaceQuota(), List.of(pool));
        }
        trim(namespace, request.tenant().quota(), pools);
    }

    private void trim(String namespace, Quota quota, List<PoolContents> within) {
        if (!(quota instanceof Quota.AtMost(int most))) {
            return;
        }
        Set<Address> held = heldByNamespace(namespace);
        held.removeIf(address -> within.stream().noneMatch(pool -> pool.owns(address)));
        LinkedHashSet<Address> kept = new LinkedHashSet<>();
        reservations.stream()
                .filter(reservation -> reservation.service().namespace().equals(namespace))
                .filter(reservation -> within.stream().anyMatch(pool -> pool.owns(reservation.address())))
                .filter(reservation -> !held.contains(reservation.address()))
                .sorted(Comparator.comparing(Reservation::until)
                        .thenComparing(Reservation::service)
                        .thenComparing(Reservation::address))
                .forEach(reservation -> kept.addLast(reservation.address()));
        kept.stream()
                .limit(Math.max(0, held.size() + kept.size() - most))
                .forEach(address -> reservations.removeIf(
                        reservation -> reservation.address().equals(address)
                                && reservation.service().namespace().equals(namespace)));
    }

    boolean advance(Instant to) {
        now = to;
        return reservations.removeIf(reservation -> !reservation.until().isAfter(to));
    }

    /** Takes away what no pool owns any more, and says from whom. */
    Set<ServiceKey> setPools(List<Pool> changed) {
        pools = inOrder(changed);
        Set<ServiceKey> stranded = new TreeSet<>();
        for (Holding holding : List.copyOf(holdings.values())) {
            List<Address> owned =
                    holding.addresses.stream().filter(this::isOwned).toList();
            if (owned.size() < holding.addresses.size()) {
                stranded.add(holding.request.service());
                hold(holding.request, owned);
            }
        }
        List<Reservation> promised = List.copyOf(reservations);
        reservations.clear();
        promised.forEach(this::restore);
        return stranded;
    }

    /** Keeps an address as long as was promised, and at most as long as its pool keeps addresses now. */
    void restore(Reservation promised) {
        Address address = promised.address();
        if (!isOwned(address) || heldBy(promised.service()).contains(address)) {
            return;
        }
        Instant atMost = now.plus(owner(address).pool().terms().holdReleased());
        Instant until = promised.until().isBefore(atMost) ? promised.until() : atMost;
        if (until.isAfter(now)) {
            reserve(new Reservation(address, promised.service(), until));
        }
    }

    private void reserve(Reservation reservation) {
        reservations.removeIf(
                old -> isOf(old, reservation.service()) && old.address().equals(reservation.address()));
        reservations.add(reservation);
    }

    /** The different addresses that the services of a namespace have. */
    Set<Address> heldByNamespace(String namespace) {
        Set<Address> held = new HashSet<>();
        for (Holding holding : holdings.values()) {
            if (holding.request.service().namespace().equals(namespace)) {
                held.addAll(holding.addresses);
            }
        }
        return held;
    }
}
