package io.berth.allocator;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks pools what they have for one service. What the service holds of a pool counts as the pool's offer: it is not exchanged for
 * another address of the same pool.
 *
 * @param held what the service has now, of whatever pool
 */
record Offers(Ledgers ledgers, Request request, List<Address> held) {

    /** What a pool has for a service of these families; of {@link Families.PreferBoth} one will do. */
    Offer of(Pool pool, Families families) {
        PoolLedger ledger = ledgers.of(pool);
        return families instanceof Families.PreferBoth ? atBest(ledger) : all(ledger, families);
    }

    private Offer all(PoolLedger ledger, Families families) {
        return switch (families) {
            case Families.One(Family family) when !ledger.has(family) -> new Offer.Lacking(family);
            case Families.One(Family family) -> {
                Address address = one(ledger, family);
                yield address == null ? full(ledger, families) : withinQuota(ledger, List.of(address));
            }
            case Families.Both _, Families.PreferBoth _ -> both(ledger, families);
        };
    }

    private Offer both(PoolLedger ledger, Families families) {
        for (Family family : Family.values()) {
            if (!ledger.has(family)) {
                return new Offer.Lacking(family);
            }
        }
        Address ipv4 = one(ledger, Family.IPV4);
        Address ipv6 = one(ledger, Family.IPV6);
        return ipv4 == null || ipv6 == null ? full(ledger, families) : withinQuota(ledger, List.of(ipv4, ipv6));
    }

    private @Nullable Address one(PoolLedger ledger, Family family) {
        for (Address address : held) {
            if (address.family() == family && ledger.owns(address)) {
                return address;
            }
        }
        return ledger.first(family, request);
    }

    /** Where the quota allows no address more, one that the namespace has already may still be shared. */
    private Offer withinQuota(PoolLedger ledger, List<Address> addresses) {
        if (!QuotaCheck.concerns(ledger, request)) {
            return new Offer.These(addresses);
        }
        QuotaCheck quotas = new QuotaCheck(ledgers, request, held);
        if (quotas.allows(ledger, addresses)) {
            return new Offer.These(addresses);
        }
        List<Address> sharing = new ArrayList<>(addresses);
        for (int i = 0; i < sharing.size(); i++) {
            Address shared = ledger.firstOfItsNamespace(sharing.get(i).family(), request);
            if (shared != null && !held.contains(sharing.get(i))) {
                sharing.set(i, shared);
                if (quotas.allows(ledger, sharing)) {
                    return new Offer.These(List.copyOf(sharing));
                }
            }
        }
        return new Offer.OverQuota(quotas.problem(ledger, sharing));
    }

    /** Both, or either; where neither can be had, what stands in the way. */
    private Offer atBest(PoolLedger ledger) {
        Families[] inTurn = {new Families.Both(), new Families.One(Family.IPV4), new Families.One(Family.IPV6)};
        List<Offer> offers = new ArrayList<>();
        for (Families families : inTurn) {
            Offer offer = all(ledger, families);
            if (offer instanceof Offer.These) {
                return offer;
            }
            offers.add(offer);
        }
        return offers.stream()
                .filter(Offer.OverQuota.class::isInstance)
                .findFirst()
                .orElseGet(() -> offers.stream().allMatch(Offer.Lacking.class::isInstance)
                        ? offers.getFirst()
                        : full(ledger, request.families()));
    }

    /** Says of those families that the pool has and the service needs which are full. */
    private Offer full(PoolLedger ledger, Families families) {
        List<Supplier<String>> full = new ArrayList<>();
        for (Family family : Family.values()) {
            if (families.wants(family) && ledger.has(family) && one(ledger, family) == null) {
                BigInteger total = ledger.total(family);
                full.add(() -> total + " " + family);
            }
        }
        return new Offer.Full(
                () -> String.join(" and ", full.stream().map(Supplier::get).toList()));
    }
}
