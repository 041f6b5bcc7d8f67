package io.berth.allocator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Keeps addresses for the services that gave them back, for as long as their pools say. What is kept for a namespace takes
 * nothing from its quotas: where it has as much as it may, what it gave back first is kept no longer.
 */
final class ReleasedAddresses {

    private final Ledgers ledgers;
    private final Reservations reservations;
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
        return reservations.next().map(Reservation::until);
    }

    Collection<Reservation> all() {
        return reservations.all();
    }

    /** Notes, before a service gives up addresses, that they are kept for it: those of pools that would give them to it again. */
    void giveUp(Request request, List<Address> addresses) {
        for (Address address : addresses) {
            PoolLedger ledger = ledgers.ofHeld(address);
            Duration kept = ledger.pool().terms().holdReleased();
            if (kept.isPositive() && ledger.pool().admits(request)) {
                reservations.put(new Reservation(address, request.service(), now.plus(kept)));
            }
        }
    }

    /** A service has an address again, or for the first time. */
    void taken(Address address, ServiceKey service) {
        if (reservations.isReserved(address)) {
            reservations.remove(address, service);
        }
    }

    /** Takes over what was promised before this process began, as far as it still holds. */
    void restore(Reservation promised) {
        if (endOf(promised).isAfter(now)) {
            reservations.put(new Reservation(promised.address(), promised.service(), endOf(promised)));
            changed(promised);
        }
    }

    /** Pools say something else now: what they do not own, or keep less long, is kept no longer. */
    void followPools() {
        for (Reservation reservation : reservations.all()) {
            Instant end = endOf(reservation);
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
        List<Reservation> own = all().stream()
                .filter(reservation -> reservation.service().namespace().equals(namespace))
                .toList();
        Map<PoolLedger, List<Reservation>> byPool =
                own.stream().collect(Collectors.groupingBy(reservation -> ledgers.ofHeld(reservation.address())));
        List<Reservation> left = new ArrayList<>(own);
        byPool.forEach((ledger, ofPool) ->
                left.removeAll(end(excess(ledger.pool().terms().namespaceQuota(), ledger.countOf(namespace), ofPool))));
        end(excess(request.tenant().quota(), ledgers.everywhere().of(namespace), left));
    }

    private static List<Reservation> excess(Quota quota, int held, List<Reservation> kept) {
        return quota instanceof Quota.AtMost(int most)
                ? kept.subList(0, Math.clamp((long) held + kept.size() - most, 0, kept.size()))
                : List.of();
    }

    private List<Reservation> end(List<Reservation> ended) {
        ended.forEach(reservations::remove);
        ended.forEach(this::changed);
        return ended;
    }
}
