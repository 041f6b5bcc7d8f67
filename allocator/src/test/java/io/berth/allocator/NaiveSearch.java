package io.berth.allocator;

import io.berth.allocator.Verdict.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one service would get, found by asking every pool for every address. */
final class NaiveSearch {

    /** Addresses, or the reason why there are none; and the verdict on every pool. */
    record Result(List<Address> addresses, String reason, Map<String, Kind> verdicts) {}

    private final NaiveState state;
    private final NaiveOffers offers;
    private final Request request;
    private final ServiceKey service;
    private final List<Address> wanted;
    private final Optional<String> named;

    NaiveSearch(NaiveState state, Request request) {
        this.state = state;
        this.offers = new NaiveOffers(state, request);
        this.request = request;
        this.service = request.service();
        this.wanted = request.wish().addresses();
        this.named = request.wish().namedPool();
    }

    Result result() {
        return wanted.isEmpty() ? any() : exactly();
    }

    private boolean exists(String pool) {
        return state.pools().stream().anyMatch(other -> other.name().equals(pool));
    }

    /** In the order of the fence where there is one, and otherwise in that of the pools. */
    private List<PoolContents> admitting() {
        List<PoolContents> admitting = new ArrayList<>();
        for (PoolContents pool : state.pools()) {
            if (NaiveScope.admits(pool.pool(), request)) {
                admitting.add(pool);
            }
        }
        if (!(request.tenant().fence() instanceof Fence.Around(List<String> names))) {
            return admitting;
        }
        List<PoolContents> inOrderOfTheFence = new ArrayList<>();
        for (String name : names) {
            for (PoolContents pool : admitting) {
                if (pool.name().equals(name) && !inOrderOfTheFence.contains(pool)) {
                    inOrderOfTheFence.add(pool);
                }
            }
        }
        return inOrderOfTheFence;
    }

    private boolean isCandidate(PoolContents pool) {
        return named.map(pool.name()::equals).orElse(pool.pool().autoAssign() == Pool.AutoAssign.ENABLED);
    }

    private Result any() {
        List<PoolContents> candidates =
                admitting().stream().filter(this::isCandidate).toList();
        if (named.isPresent() && !exists(named.get())) {
            return none("PoolNotFound");
        }
        if (state.pools().isEmpty()) {
            return none("NoPools");
        }
        if (candidates.isEmpty()) {
            return none("NoPoolAdmits");
        }
        List<Families> passes = request.families() instanceof Families.PreferBoth(Family first)
                ? List.of(new Families.Both(), new Families.One(first), new Families.One(first.other()))
                : List.of(request.families());
        for (Families families : passes) {
            Optional<PoolContents> winner = winner(candidates, families);
            if (winner.isPresent()) {
                return found(candidates, families, winner.get());
            }
        }
        return refused(candidates);
    }

    private Optional<PoolContents> winner(List<PoolContents> candidates, Families families) {
        for (PoolContents pool : candidates) {
            NaiveOffers.Offer offer = offers.offer(pool, families);
            if (offer.isEnough() && offer.addresses().stream().anyMatch(this::isKeptForTheService)) {
                return Optional.of(pool);
            }
        }
        for (PoolContents pool : candidates) {
            NaiveOffers.Offer offer = offers.offer(pool, families);
            if (offer.isEnough()) {
                return Optional.of(pool);
            }
            if (offer.makesWait(pool)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Result found(List<PoolContents> candidates, Families families, PoolContents winner) {
        Map<String, Kind> verdicts = verdictsBeforeAnyOffer();
        for (PoolContents pool : candidates) {
            NaiveOffers.Offer offer = offers.offer(pool, families);
            boolean spared = offer.isEnough() && !pool.equals(winner);
            verdicts.put(pool.name(), spared ? Kind.LOWER_PREFERENCE : offer.kind());
        }
        return new Result(offers.offer(winner, families).addresses(), "", verdicts);
    }

    private Result refused(List<PoolContents> candidates) {
        Map<String, Kind> verdicts = verdictsBeforeAnyOffer();
        Set<Kind> inTheWay = new HashSet<>();
        boolean waits = false;
        for (PoolContents pool : candidates) {
            NaiveOffers.Offer offer = offers.atBest(pool);
            verdicts.put(pool.name(), offer.isEnough() ? Kind.LOWER_PREFERENCE : offer.kind());
            if (!waits) {
                inTheWay.add(offer.kind());
                waits = offer.makesWait(pool);
            }
        }
        if (inTheWay.equals(Set.of(Kind.FAMILY_UNAVAILABLE))) {
            return new Result(List.of(), "FamilyUnavailable", verdicts);
        }
        String reason = inTheWay.contains(Kind.QUOTA_EXCEEDED) ? "QuotaExceeded" : "PoolExhausted";
        return new Result(List.of(), reason, verdicts);
    }

    private boolean isKeptForTheService(Address address) {
        return state.reservations.stream()
                .anyMatch(reservation -> reservation.service().equals(service)
                        && reservation.address().equals(address));
    }

    /** What a service that has one family gets where the pool of that gives it the other too; nothing where it does not. */
    List<Address> grownIn(PoolContents pool) {
        return NaiveScope.admits(pool.pool(), request)
                ? offers.offer(pool, Given.BOTH).addresses()
                : List.of();
    }

    private Result exactly() {
        if (contradictsItself()) {
            return none("InvalidRequest");
        }
        if (!wanted.stream().allMatch(state::isOwned)) {
            return none("AddressNotInPool");
        }
        PoolContents owner = state.owner(wanted.getFirst());
        if (!wanted.stream().allMatch(owner::owns)) {
            return none("InvalidRequest");
        }
        if (named.isPresent() && exists(named.get()) && !named.get().equals(owner.name())) {
            return none("AddressNotInPool");
        }
        boolean admitted = NaiveScope.admits(owner.pool(), request);
        if (!wanted.stream().allMatch(address -> state.isFor(address, request))) {
            return none("AddressInUse", owner, admitted ? Kind.EXHAUSTED : Kind.NOT_REQUESTED);
        }
        if (named.isPresent() && !exists(named.get())) {
            return none("PoolNotFound");
        }
        if (!admitted) {
            return none("NoPoolAdmits");
        }
        if (!offers.isWithinQuota(owner, wanted)) {
            return none("QuotaExceeded", owner, Kind.QUOTA_EXCEEDED);
        }
        Map<String, Kind> verdicts = verdictsBeforeAnyOffer();
        verdicts.put(owner.name(), Kind.SELECTED);
        return new Result(wanted, "", verdicts);
    }

    private boolean contradictsItself() {
        boolean twice = wanted.stream().map(Address::family).distinct().count() < wanted.size();
        boolean useless =
                wanted.stream().anyMatch(address -> !request.families().wants(address.family()));
        boolean tooFew = request.families() instanceof Families.Both && wanted.size() < 2;
        return twice || useless || tooFew;
    }

    private Result none(String reason) {
        return new Result(List.of(), reason, verdictsBeforeAnyOffer());
    }

    private Result none(String reason, PoolContents pool, Kind kind) {
        Map<String, Kind> verdicts = verdictsBeforeAnyOffer();
        verdicts.computeIfPresent(pool.name(), (_, before) -> before == Kind.NOT_REQUESTED ? kind : before);
        return new Result(List.of(), reason, verdicts);
    }

    /** What is to be said of each pool whatever it has. */
    Map<String, Kind> verdictsBeforeAnyOffer() {
        Map<String, Kind> verdicts = new LinkedHashMap<>();
        for (PoolContents pool : state.pools()) {
            verdicts.put(
                    pool.name(),
                    NaiveScope.refusal(pool.pool(), request)
                            .orElseGet(() ->
                                    isCandidate(pool) && wanted.isEmpty() ? Kind.LOWER_PREFERENCE : notAsked(pool)));
        }
        return verdicts;
    }

    private Kind notAsked(PoolContents pool) {
        return named.isEmpty() && wanted.isEmpty() && pool.pool().autoAssign() == Pool.AutoAssign.DISABLED
                ? Kind.AUTO_ASSIGN_DISABLED
                : Kind.NOT_REQUESTED;
    }

    /** What a service is told that stays with what it has of a pool. */
    Map<String, Kind> verdictsOfOneThatKeeps(PoolContents pool) {
        Map<String, Kind> verdicts = verdictsBeforeAnyOffer();
        verdicts.put(pool.name(), Kind.SELECTED);
        return verdicts;
    }
}
