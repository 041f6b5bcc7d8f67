package io.berth.allocator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an allocator says of itself between two events.
 *
 * @param held    what every service has
 * @param holders who has each address; the same from the other side
 */
record Seen(
        Map<ServiceKey, List<Address>> held,
        Map<Address, List<ServiceKey>> holders,
        List<Reservation> reserved,
        List<PoolUsage> usage) {

    static Seen of(Allocator allocator) {
        Map<ServiceKey, List<Address>> held = new TreeMap<>();
        Map<Address, List<ServiceKey>> holders = new HashMap<>();
        for (Assignment assignment : allocator.assignments()) {
            held.put(assignment.service(), assignment.addresses());
            for (Address address : assignment.addresses()) {
                holders.computeIfAbsent(address, _ -> new ArrayList<>(2)).add(assignment.service());
            }
        }
        return new Seen(held, holders, List.copyOf(allocator.reservations()), allocator.usage());
    }

    List<Address> heldBy(ServiceKey service) {
        return held.getOrDefault(service, List.of());
    }

    List<ServiceKey> holders(Address address) {
        return holders.getOrDefault(address, List.of());
    }

    boolean isReserved(Address address) {
        for (Reservation reservation : reserved) {
            if (reservation.address().equals(address)) {
                return true;
            }
        }
        return false;
    }

    boolean isReservedFor(ServiceKey service, Address address) {
        for (Reservation reservation : reserved) {
            if (reservation.address().equals(address) && reservation.service().equals(service)) {
                return true;
            }
        }
        return false;
    }

    /** How many different addresses the services of a namespace have of these pools. */
    int count(String namespace, List<PoolContents> pools) {
        int count = 0;
        for (Map.Entry<Address, List<ServiceKey>> entry : holders.entrySet()) {
            boolean counts = false;
            for (ServiceKey holder : entry.getValue()) {
                counts |= holder.namespace().equals(namespace);
            }
            if (counts && owner(entry.getKey(), pools) != null) {
                count++;
            }
        }
        return count;
    }

    /** The pool that gives an address; null where none does. */
    static @Nullable PoolContents owner(Address address, List<PoolContents> pools) {
        for (PoolContents pool : pools) {
            if (pool.owns(address)) {
                return pool;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return "held " + held + ", kept " + reserved;
    }
}
