package io.berth.allocator;

import java.util.ArrayList;
import java.util.List;

/**
 * What a pool has to give, written out address by address: small pools only.
 *
 * @param addresses in the order in which they are given out
 */
record PoolContents(Pool pool, List<Address> addresses) {

    static PoolContents of(Pool pool) {
        List<Address> all = new ArrayList<>();
        for (AddressRange range : pool.ranges()) {
            for (Address address = range.first(); address.compareTo(range.last()) <= 0; address = address.next()) {
                if (!isExcluded(pool, address) && !isAvoided(pool, address)) {
                    all.add(address);
                }
            }
        }
        return new PoolContents(pool, List.copyOf(all));
    }

    private static boolean isExcluded(Pool pool, Address address) {
        return pool.terms().excluded().stream()
                .anyMatch(hole -> hole.family() == address.family()
                        && hole.first().compareTo(address) <= 0
                        && address.compareTo(hole.last()) <= 0);
    }

    private static boolean isAvoided(Pool pool, Address address) {
        String text = address.toString();
        return pool.buggyIps() == Pool.BuggyIps.AVOIDED
                && address.family() == Family.IPV4
                && (text.endsWith(".0") || text.endsWith(".255"));
    }

    String name() {
        return pool.name();
    }

    boolean owns(Address address) {
        return addresses.contains(address);
    }

    boolean has(Family family) {
        return total(family) > 0;
    }

    int total(Family family) {
        int total = 0;
        for (Address address : addresses) {
            total += address.family() == family ? 1 : 0;
        }
        return total;
    }
}
