package io.berth.allocator;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Keeps addresses for the services that gave them back, for as long as their pools say, and for those to which they are promised,
 * for as long as that stands. What is kept for a namespace takes
 * nothing from its quotas: where it has as much as it may, what it gave back first is kept no longer.
 */
final class ReleasedAddresses {

    private final Ledgers ledgers;
    private final Reservations reservations;

    /** What is kept once a promise is over, by the promise. */
    private final Map<Reservation, Reservation> afterwards = new HashMap<>();

    private Instant now = Instant.EPOCH;

    ReleasedAddresses(Ledgers ledgers) {
        this.ledgers = ledgers;
        this.reservations = ledgers.reservations();
    }

    /** Lets time go on; whether addresses came free by that. */
    boolean advance(Instant to) {
        now = to;
        List<Reservation> ended = reservations.end(now);
        ended.forEach(this::changed);
        return !ended.isEmpty();
    }

    private void changed(Reservation reservation) {
        ledgers.owning(reservation.address()).ifPresent(ledger -> ledger.reservationChanged(reservation.address()));
    }

    /** When the next reservation ends. */
    Optional<Instant> nextEnd() {
        return reservations.next().filter(first -> !first.isPromised()).map(Reservation::until);
    }

    int count() {
        return reservations.count();
    }

    Collection<Reservation> all() {
        return reservations.all();
    }

    /** Notes, before a service gives up all that it has, that it is kept for it. */
    void giveUp(Holding holding) {
        giveUp(holding.request(), holding.first(), holding.pool());
        if (holding.other() != null) {
            giveUp(holding.request(), holding.other().address(), holding.other().pool());
        }
    }

    /** The same of one address, where its pool would give it to the service again. */
    void giveUp(Request request, Address address, PoolLedger ledger) {
        Duration kept = ledger.pool().terms().holdReleased();
        if (kept.isPositive() && ledger.pool().admits(request)) {
            reservations.put(new Reservation(address, request.service(), now.plus(kept)));
        }
    }

    /** A service has its addresses again, or for the first time. */
    void taken(Holding holding) {
        if (!reservations.isEmpty()) {
            holding.addresses()
                    .forEach(address ->
                            reservations.remove(address, holding.request().service()));
        }
    }

    /** Takes over what was promised before this process began, as far as it still holds. */
    void restore(Reservation promised) {
        if (endOf(promised).isAfter(now) && !isHeld(promised)) {
            reservations.put(new Reservation(promised.address(), promised.service(), endOf(promised)));
            changed(promised);
        }
    }

    /** Keeps an address for whom it is promised, without an end; what was kept for that one until some time is kept so after it. */
    void promise(Address address, ServiceKey service) {
        Reservation promised = Reservation.promised(address, service);
        if (!isHeld(promised)) {
            reservations.of(address).stream()
                    .filter(kept -> kept.service().equals(service) && !kept.isPromised())
                    .forEach(kept -> afterwards.put(promised, kept));
            reservations.put(promised);
            changed(promised);
        }
    }

    void withdraw(Address address, ServiceKey service) {
        Reservation promised = Reservation.promised(address, service);
        Reservation then = afterwards.remove(promised);
        if (reservations.contains(promised)) {
            reservations.remove(promised);
            changed(promised);
            if (then != null) {
                restore(then);
            }
        }
    }

    private boolean isHeld(Reservation promised) {
        return ledgers.owning(promised.address())
                .filter(ledger -> ledger.isOf(promised.service(), promised.address()))
                .isPresent();
    }

    /** Pools say something else now: what they do not own, or keep less long, is kept no longer. */
    void followPools() {
        for (Reservation reservation : reservations.all()) {
            Instant end = reservation.isPromised() ? reservation.until() : endOf(reservation);
            reservations.remove(reservation);
            if (end.isAfter(now)) {
                reservations.put(new Reservation(reservation.address(), reservation.service(), end));
            }
            changed(reservation);
        }
    }

    /** A promise holds as long as was promised, and no longer than the pool keeps addresses by now. */
    private Instant endOf(Reservation promised) {
        Instant atMost = ledgers.owning(promised.address())
                .map(ledger -> now.plus(ledger.pool().terms().holdReleased()))
                .orElse(now);
        return promised.until().isBefore(atMost) ? promised.until() : atMost;
    }

    /** Keeps no more for a namespace than its quotas leave of what it has. */
    void trim(Request request) {
        if (reservations.isEmpty()) {
            return;
        }
        String namespace = request.service().namespace();
        Collection<Address> kept = keptFor(namespace);
        if (kept.isEmpty()) {
            return;
        }
        Map<PoolLedger, List<Address>> byPool = kept.stream().collect(Collectors.groupingBy(ledgers::ofHeld));
        byPool.forEach((ledger, ofPool) -> {
            List<Address> excess = excess(ledger.pool().terms().namespaceQuota(), ledger.countOf(namespace), ofPool);
            excess.forEach(address -> end(address, namespace));
            kept.removeAll(excess);
        });
        excess(request.tenant().quota(), ledgers.everywhere().of(namespace), List.copyOf(kept))
                .forEach(address -> end(address, namespace));
    }

    /** The addresses that a namespace may come back to and has not got, each once, those that it may soonest no more in front. */
    private Collection<Address> keptFor(String namespace) {
        LinkedHashSet<Address> kept = new LinkedHashSet<>();
        for (Reservation reservation : reservations.of(namespace)) {
            Address address = reservation.address();
            if (!reservation.isPromised() && !ledgers.ofHeld(address).isUsedBy(namespace, address)) {
                kept.addLast(address);
            }
        }
        return kept;
    }

    private static List<Address> excess(Quota quota, int held, List<Address> kept) {
        return quota instanceof Quota.AtMost(int most)
                ? kept.subList(0, Math.clamp((long) held + kept.size() - most, 0, kept.size()))
                : List.of();
    }

    private void end(Address address, String namespace) {
        for (Reservation reservation : reservations.of(address)) {
            if (!reservation.isPromised() && reservation.service().namespace().equals(namespace)) {
                reservations.remove(reservation);
                changed(reservation);
            }
        }
    }
}
