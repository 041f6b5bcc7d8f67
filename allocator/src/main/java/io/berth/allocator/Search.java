package io.berth.allocator;

import io.berth.allocator.Verdict.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds addresses for a service that takes any, and may have some already: which pools admit it, in which order, and which of
 * them can give all that it needs. Changes nothing.
 */
final class Search {

    private final Pools pools;
    private final Ledgers ledgers;
    private final Request request;
    private final Offers offers;
    private final List<Pool> candidates;
    private final List<Verdict> noted;

    Search(Pools pools, Ledgers ledgers, Request request, List<Address> held) {
        this.pools = pools;
        this.ledgers = ledgers;
        this.request = request;
        this.offers = new Offers(ledgers, request, held);
        this.candidates = pools.admitting(request);
        this.noted = new ArrayList<>(candidates.size());
    }

    /** The first pool that can give all that the service needs. */
    private record Winner(int place, Offer.These offer) {}

    Choice choose() {
        Optional<String> named = request.wish().namedPool();
        candidates.removeIf(pool -> isOutOfQuestion(pool, named));
        if (named.isPresent() && pools.named(named.get()).isEmpty()) {
            return none(new Refusal.PoolNotFound("pool " + named.get() + " does not exist"));
        }
        if (pools.isEmpty()) {
            return none(new Refusal.NoPools("no IPAddressPool is configured"));
        }
        if (candidates.isEmpty()) {
            return none(new Refusal.NoPoolAdmits(named.map(this::notAdmittedBy).orElseGet(this::admittedByNone)));
        }
        for (Families families : inOrderOfPreference(request.families())) {
            Winner winner = winner(families);
            if (winner != null) {
                return found(winner, families);
            }
        }
        return none(refusal());
    }

    private String notAdmittedBy(String pool) {
        return Wording.notAdmittedBy(pools.named(pool).orElseThrow(), request);
    }

    private String admittedByNone() {
        if (!noted.isEmpty()) {
            return "the pools that admit this service give addresses only to services that ask for them (autoAssign:"
                    + " false): "
                    + String.join(", ", noted.stream().map(Verdict::pool).toList());
        }
        return request.tenant().fence() instanceof Fence.Open
                ? "no pool admits a service of namespace " + request.service().namespace() + " with these labels"
                : "no pool admits this service: " + request.tenant().fence().outside();
    }

    /** PreferDualStack is content with one family where no pool has both. */
    private static List<Families> inOrderOfPreference(Families families) {
        return families instanceof Families.PreferBoth(Family first)
                ? List.of(new Families.Both(), new Families.One(first), new Families.One(first.other()))
                : List.of(families);
    }

    /** Whether a pool that admits the service is not to serve it all the same; that is noted. */
    private boolean isOutOfQuestion(Pool pool, Optional<String> named) {
        if (named.isPresent() && !named.get().equals(pool.name())) {
            noted.add(new Verdict(pool.name(), Kind.NOT_REQUESTED, () -> "the service asks for pool " + named.get()));
            return true;
        }
        if (named.isEmpty() && pool.autoAssign() == Pool.AutoAssign.DISABLED) {
            noted.add(new Verdict(pool.name(), Kind.AUTO_ASSIGN_DISABLED, Wording.ON_REQUEST_ONLY));
            return true;
        }
        return false;
    }

    private @Nullable Winner winner(Families families) {
        Winner back = ofThoseItComesBackTo(families);
        if (back != null) {
            return back;
        }
        for (int i = 0; i < candidates.size(); i++) {
            Offer offer = offers.of(candidates.get(i), families);
            if (offer instanceof Offer.These these) {
                return new Winner(i, these);
            }
            if (isBarrier(candidates.get(i), offer)) {
                return null;
            }
        }
        return null;
    }

    /** An address that the service had before is better than any other, whichever pool comes first. */
    private @Nullable Winner ofThoseItComesBackTo(Families families) {
        if (ledgers.reservations().of(request.service()).isEmpty()) {
            return null;
        }
        for (int i = 0; i < candidates.size(); i++) {
            if (offers.of(candidates.get(i), families) instanceof Offer.These these && comesBackTo(these)) {
                return new Winner(i, these);
            }
        }
        return null;
    }

    private boolean comesBackTo(Offer.These offer) {
        for (Reservation reservation : ledgers.reservations().of(request.service())) {
            if (offer.addresses().contains(reservation.address())) {
                return true;
            }
        }
        return false;
    }

    /** Whether services that the pool admits wait for it, and are given nothing of pools behind it. */
    private static boolean isBarrier(Pool pool, Offer offer) {
        return pool.terms().overflow() == Terms.Overflow.DENIED && offer.isForNowNothing();
    }

    private Choice found(Winner winner, Families families) {
        Pool selected = candidates.get(winner.place);
        boolean comesBack = comesBackTo(winner.offer);
        for (int i = 0; i < candidates.size(); i++) {
            Pool pool = candidates.get(i);
            Offer offer = i == winner.place ? winner.offer : offers.of(pool, families);
            noted.add(
                    i != winner.place && offer instanceof Offer.These
                            ? behind(
                                    pool,
                                    later -> "pool " + selected.name() + " comes first: "
                                            + (comesBack
                                                    ? "the service comes back to it"
                                                    : Wording.precedence(selected, later, request)))
                            : offer.verdict(pool));
        }
        return new Choice.Found(selected, winner.offer.addresses(), noted);
    }

    private static Verdict behind(Pool pool, Function<Pool, String> why) {
        return new Verdict(pool.name(), Kind.LOWER_PREFERENCE, () -> why.apply(pool));
    }

    /** Notes what keeps each pool from giving, and what that means for the service. */
    private Refusal refusal() {
        List<Offer> inTheWay = new ArrayList<>();
        Pool barrier = null;
        for (Pool pool : candidates) {
            Offer offer = offers.of(pool, request.families());
            if (barrier != null && offer instanceof Offer.These) {
                Pool first = barrier;
                noted.add(behind(pool, _ -> Wording.letsNobodyPass(first)));
            } else {
                noted.add(offer.verdict(pool));
                if (barrier == null) {
                    inTheWay.add(offer);
                    barrier = isBarrier(pool, offer) ? pool : null;
                }
            }
        }
        return Wording.refusal(candidates, inTheWay, barrier);
    }

    private Choice none(Refusal refusal) {
        return new Choice.None(refusal, noted);
    }
}
