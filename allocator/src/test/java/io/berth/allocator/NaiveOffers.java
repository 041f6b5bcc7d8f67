package io.berth.allocator;

import io.berth.allocator.Verdict.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What every pool has for one service, found by trying every address. */
final class NaiveOffers {

    /** What one pool has: addresses where the kind is {@link Kind#SELECTED}, and otherwise what is in the way. */
    record Offer(Kind kind, List<Address> addresses) {
        boolean isEnough() {
            return kind == Kind.SELECTED;
        }

        boolean makesWait(PoolContents pool) {
            return pool.pool().terms().overflow() == Terms.Overflow.DENIED
                    && (kind == Kind.EXHAUSTED || kind == Kind.QUOTA_EXCEEDED);
        }
    }

    private final NaiveState state;
    private final Request request;
    private final ServiceKey service;

    NaiveOffers(NaiveState state, Request request) {
        this.state = state;
        this.request = request;
        this.service = request.service();
    }

    /** What a pool has for the service, one of two families where it prefers both. */
    Offer atBest(PoolContents pool) {
        if (!(request.families() instanceof Families.PreferBoth)) {
            return offer(pool, request.families());
        }
        List<Offer> offers = List.of(offer(pool, Given.BOTH), offer(pool, Given.IPV4), offer(pool, Given.IPV6));
        for (Kind kind : List.of(Kind.SELECTED, Kind.QUOTA_EXCEEDED, Kind.EXHAUSTED)) {
            for (Offer offer : offers) {
                if (offer.kind == kind) {
                    return offer;
                }
            }
        }
        return offers.getFirst();
    }

    /** What a pool has for a service of these families. */
    Offer offer(PoolContents pool, Families families) {
        List<Address> chosen = new ArrayList<>();
        boolean full = false;
        for (Family family : Family.values()) {
            if (families.wants(family)) {
                if (!pool.has(family)) {
                    return new Offer(Kind.FAMILY_UNAVAILABLE, List.of());
                }
                Optional<Address> first = first(pool, family);
                first.ifPresent(chosen::add);
                full |= first.isEmpty();
            }
        }
        return full ? new Offer(Kind.EXHAUSTED, List.of()) : withinQuota(pool, chosen);
    }

    /** What the service has, or what is kept for it, or the first that is for it. */
    private Optional<Address> first(PoolContents pool, Family family) {
        for (Address address : state.heldBy(service)) {
            if (address.family() == family && pool.owns(address)) {
                return Optional.of(address);
            }
        }
        Optional<Address> kept = keptForIt(pool, family);
        if (kept.isPresent()) {
            return kept;
        }
        for (Address address : pool.addresses()) {
            if (address.family() == family && state.isFor(address, request)) {
                return Optional.of(address);
            }
        }
        return Optional.empty();
    }

    /** Of several addresses that are kept for the service, the one that it gave up last. */
    private Optional<Address> keptForIt(PoolContents pool, Family family) {
        Optional<Reservation> latest = Optional.empty();
        for (Reservation reservation : state.reservations) {
            Address address = reservation.address();
            if (reservation.service().equals(service)
                    && address.family() == family
                    && pool.owns(address)
                    && state.isFor(address, request)
                    && latest.filter(before -> !isLater(reservation, before)).isEmpty()) {
                latest = Optional.of(reservation);
            }
        }
        return latest.map(Reservation::address);
    }

    private static boolean isLater(Reservation one, Reservation other) {
        int untils = one.until().compareTo(other.until());
        return untils > 0 || untils == 0 && one.address().compareTo(other.address()) < 0;
    }

    /** Where the quota allows no address more, one after the other is exchanged for one that the namespace shares already. */
    private Offer withinQuota(PoolContents pool, List<Address> chosen) {
        if (isWithinQuota(pool, chosen)) {
            return new Offer(Kind.SELECTED, chosen);
        }
        Set<Address> ofNamespace = state.heldByNamespace(service.namespace());
        List<Address> held = state.heldBy(service);
        for (int i = 0; i < chosen.size(); i++) {
            Address first = chosen.get(i);
            for (Address address : held.contains(first) ? List.<Address>of() : pool.addresses()) {
                if (address.family() == first.family()
                        && ofNamespace.contains(address)
                        && !held.contains(address)
                        && state.isFor(address, request)) {
                    chosen.set(i, address);
                    break;
                }
            }
            if (isWithinQuota(pool, chosen)) {
                return new Offer(Kind.SELECTED, chosen);
            }
        }
        return new Offer(Kind.QUOTA_EXCEEDED, List.of());
    }

    /** Whether the service may have these addresses of a pool in the place of all that it has. */
    boolean isWithinQuota(PoolContents pool, List<Address> chosen) {
        Set<Address> before = state.heldByNamespace(service.namespace());
        Set<Address> after = new HashSet<>(chosen);
        for (NaiveState.Holding holding : state.holdings.values()) {
            ServiceKey other = holding.request().service();
            if (other.namespace().equals(service.namespace()) && !other.equals(service)) {
                after.addAll(holding.addresses());
            }
        }
        boolean everywhere = allows(request.tenant().quota(), before.size(), after.size());
        before.removeIf(address -> !pool.owns(address));
        after.removeIf(address -> !pool.owns(address));
        return everywhere && allows(pool.pool().terms().namespaceQuota(), before.size(), after.size());
    }

    private static boolean allows(Quota quota, int before, int after) {
        return switch (quota) {
            case Quota.Unlimited _ -> true;
            case Quota.AtMost(int most) -> after <= most || after <= before;
            case Quota.Unreadable _ -> after <= before;
        };
    }
}
