package io.berth.allocator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which released addresses are kept for whom, those that end first in front. */
final class Reservations {

    private static final Comparator<Reservation> ENDING_FIRST = Comparator.comparing(Reservation::until)
            .thenComparing(Reservation::service)
            .thenComparing(Reservation::address);

    /** A service comes back to what it gave up last. */
    private static final Comparator<Reservation> ENDING_LAST =
            Comparator.comparing(Reservation::until).reversed().thenComparing(Reservation::address);

    private final TreeSet<Reservation> all = new TreeSet<>(ENDING_FIRST);
    private final Map<Address, List<Reservation>> byAddress = new HashMap<>();
    private final Map<ServiceKey, NavigableSet<Reservation>> byService = new HashMap<>();
    private final Map<String, NavigableSet<Reservation>> byNamespace = new HashMap<>();

    /**
     * How many services may come back for one address. Sharers come and go without anything being free for it, so there is no
     * other bound on how many there have been.
     */
    static final int MOST_OF_ONE_ADDRESS = 16;

    /** Puts a reservation in the place of any that the service has of the address, and of the first to end where there are too many. */
    void put(Reservation reservation) {
        remove(reservation.address(), reservation.service());
        List<Reservation> present = of(reservation.address());
        if (present.size() >= MOST_OF_ONE_ADDRESS) {
            present.stream().min(ENDING_FIRST).ifPresent(this::remove);
        }
        all.add(reservation);
        byAddress.computeIfAbsent(reservation.address(), _ -> new ArrayList<>()).add(reservation);
        byService
                .computeIfAbsent(reservation.service(), _ -> new TreeSet<>(ENDING_LAST))
                .add(reservation);
        byNamespace
                .computeIfAbsent(reservation.service().namespace(), _ -> new TreeSet<>(ENDING_FIRST))
                .add(reservation);
    }

    /** What is kept for the services of a namespace, those that end first in front. */
    List<Reservation> of(String namespace) {
        return List.copyOf(byNamespace.getOrDefault(namespace, Collections.emptyNavigableSet()));
    }

    void remove(Address address, ServiceKey service) {
        of(address).stream()
                .filter(reservation -> reservation.service().equals(service))
                .findFirst()
                .ifPresent(this::remove);
    }

    void remove(Reservation reservation) {
        all.remove(reservation);
        byAddress.computeIfPresent(reservation.address(), (_, there) -> without(reservation, there));
        byService.computeIfPresent(reservation.service(), (_, there) -> without(reservation, there));
        byNamespace.computeIfPresent(reservation.service().namespace(), (_, there) -> without(reservation, there));
    }

    private static <C extends Collection<Reservation>> @Nullable C without(Reservation gone, C there) {
        there.remove(gone);
        return there.isEmpty() ? null : there;
    }

    /** Whether anybody may come back for this address. */
    boolean isReserved(Address address) {
        return byAddress.containsKey(address);
    }

    /** Whether this service may. */
    boolean isReserved(Address address, ServiceKey service) {
        return of(address).stream()
                .anyMatch(reservation -> reservation.service().equals(service));
    }

    boolean contains(Reservation reservation) {
        return all.contains(reservation);
    }

    int count() {
        return all.size();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    List<Reservation> of(Address address) {
        return List.copyOf(byAddress.getOrDefault(address, List.of()));
    }

    /** What is kept for a service, that which it gave up last in front. */
    Collection<Reservation> of(ServiceKey service) {
        return byService.getOrDefault(service, Collections.emptyNavigableSet());
    }

    /** The first to end. */
    Optional<Reservation> next() {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.first());
    }

    /** Takes away those that have ended by now. */
    List<Reservation> end(Instant now) {
        List<Reservation> ended = new ArrayList<>();
        while (!all.isEmpty() && !all.first().until().isAfter(now)) {
            Reservation first = all.first();
            remove(first);
            ended.add(first);
        }
        return ended;
    }

    Collection<Reservation> all() {
        return List.copyOf(all);
    }
}
