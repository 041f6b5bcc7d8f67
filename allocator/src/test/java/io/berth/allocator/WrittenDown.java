package io.berth.allocator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The cluster as an allocator's memory: statuses of services and reservations, of which the latest may not have arrived yet. */
final class WrittenDown {

    private static final int UNDERWAY = 6;

    private sealed interface Write {
        record Status(ServiceKey service, List<Address> addresses) implements Write {}

        record Reserved(List<Reservation> reservations) implements Write {}
    }

    private final Deque<Write> underway = new ArrayDeque<>();
    private final Map<ServiceKey, List<Address>> statuses = new TreeMap<>();
    private List<Reservation> reservations = List.of();
    private List<Reservation> latest = List.of();

    void status(ServiceKey service, List<Address> addresses) {
        write(new Write.Status(service, addresses));
    }

    void reservations(List<Reservation> all) {
        if (!latest.equals(all)) {
            latest = all;
            write(new Write.Reserved(latest));
        }
    }

    private void write(Write write) {
        underway.addLast(write);
        if (underway.size() > UNDERWAY) {
            arrive(underway.removeFirst());
        }
    }

    /** A service goes, and its status with it. */
    void remove(ServiceKey service) {
        underway.removeIf(write ->
                write instanceof Write.Status status && status.service().equals(service));
        statuses.remove(service);
    }

    /** Whatever is underway arrives, but for what is lost: the last write where bit 0 is set, and so on. */
    void settle(int lost) {
        for (int age = underway.size() - 1; age >= 0; age--) {
            Write write = underway.removeFirst();
            if ((lost >> age & 1) == 0) {
                arrive(write);
            }
        }
        latest = reservations;
    }

    private void arrive(Write write) {
        switch (write) {
            case Write.Status(ServiceKey service, List<Address> addresses) -> statuses.put(service, addresses);
            case Write.Reserved(List<Reservation> all) -> reservations = all;
        }
    }

    /** Whether everything that somebody has or may come back to is written down, and nothing else. */
    boolean says(Seen seen) {
        Map<ServiceKey, List<Address>> held = new TreeMap<>(statuses);
        held.values().removeIf(List::isEmpty);
        return held.equals(seen.held()) && reservations.equals(seen.reserved());
    }

    Map<ServiceKey, List<Address>> statuses() {
        return statuses;
    }

    List<Reservation> reservations() {
        return reservations;
    }
}
