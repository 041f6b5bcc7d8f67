package io.berth.allocator;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The ledger of every pool, and what goes over all of them. */
final class Ledgers {

    private final Map<String, PoolLedger> byPool = new HashMap<>();

    /** By the first addresses of the pools' ranges. */
    private final NavigableMap<Address, PoolLedger> byFirst = new TreeMap<>();

    private final NamespaceTally everywhere = new NamespaceTally();
    private final Reservations reservations = new Reservations();

    PoolLedger of(Pool pool) {
        PoolLedger ledger = byPool.get(pool.name());
        if (ledger == null) {
            throw new IllegalStateException("no ledger for pool " + pool.name());
        }
        return ledger;
    }

    /** The ledger of the pool whose address this is to give. */
    Optional<PoolLedger> owning(Address address) {
        return Optional.ofNullable(ledgerOf(address));
    }

    /** The ledger of the pool that gave an address which somebody has. */
    PoolLedger ofHeld(Address address) {
        PoolLedger ledger = ledgerOf(address);
        if (ledger == null) {
            throw new IllegalStateException("no pool owns " + address);
        }
        return ledger;
    }

    private @Nullable PoolLedger ledgerOf(Address address) {
        Map.Entry<Address, PoolLedger> below = byFirst.floorEntry(address);
        return below != null && below.getValue().owns(address) ? below.getValue() : null;
    }

    /** What every namespace has of all pools together. */
    NamespaceTally everywhere() {
        return everywhere;
    }

    Reservations reservations() {
        return reservations;
    }

    /** The services that have an address of a pool which is not among these, or gives other addresses there. */
    Set<ServiceKey> concernedBy(Pools changed) {
        Set<ServiceKey> concerned = new TreeSet<>();
        for (PoolLedger ledger : byPool.values()) {
            if (!goesOn(ledger, changed)) {
                concerned.addAll(ledger.services());
            }
        }
        return concerned;
    }

    private static boolean goesOn(PoolLedger ledger, Pools changed) {
        return changed.named(ledger.pool().name())
                .filter(ledger.pool()::givesTheSameAs)
                .isPresent();
    }

    /** Keeps the ledgers of pools that give the same addresses as before, and opens empty ones for the others. */
    void follow(Pools changed) {
        byPool.values().removeIf(ledger -> !goesOn(ledger, changed));
        byFirst.clear();
        for (Pool pool : changed.inOrder()) {
            PoolLedger ledger =
                    byPool.computeIfAbsent(pool.name(), _ -> new PoolLedger(pool, everywhere, reservations));
            ledger.become(pool);
            pool.ranges().forEach(range -> byFirst.put(range.first(), ledger));
        }
    }
}
