package io.berth.allocator;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The free addresses of one entry of a pool, as the runs between the taken ones. The lowest free address is the start of the
 * first run, whatever the size of the entry; taking and giving back split and join runs, so a /64 costs what is used of it.
 *
 * <p>Where addresses ending in .0 and .255 are avoided, no run begins or ends with one. So the start of a run can always be
 * given, and runs of nothing else do not pile up between taken addresses. At most two such addresses stand side by side.
 */
final class FreeAddresses {

    private final Pool pool;
    private final NavigableMap<Address, Address> lastByFirst = new TreeMap<>();

    FreeAddresses(Pool pool, AddressRange range) {
        this.pool = pool;
        add(range.first(), range.last());
    }

    Optional<Address> lowest() {
        return lastByFirst.isEmpty() ? Optional.empty() : Optional.of(lastByFirst.firstKey());
    }

    boolean contains(Address address) {
        Map.Entry<Address, Address> run = lastByFirst.floorEntry(address);
        return pool.gives(address) && run != null && address.compareTo(run.getValue()) <= 0;
    }

    /** Takes an address out; nothing happens where it is not free. */
    void take(Address address) {
        Map.Entry<Address, Address> run = lastByFirst.floorEntry(address);
        if (run == null || address.compareTo(run.getValue()) > 0) {
            return;
        }
        lastByFirst.remove(run.getKey());
        if (run.getKey().compareTo(address) < 0) {
            add(run.getKey(), address.previous());
        }
        if (address.compareTo(run.getValue()) < 0) {
            add(address.next(), run.getValue());
        }
    }

    /** Puts an address back that was taken. */
    void giveBack(Address address) {
        Address first = address;
        Address last = address;
        Map.Entry<Address, Address> before = lastByFirst.lowerEntry(address);
        if (before != null && touches(before.getValue(), address)) {
            first = before.getKey();
            lastByFirst.remove(before.getKey());
        }
        Map.Entry<Address, Address> after = lastByFirst.higherEntry(address);
        if (after != null && touches(address, after.getKey())) {
            last = after.getValue();
            lastByFirst.remove(after.getKey());
        }
        lastByFirst.put(first, last);
    }

    /** Whether nothing that could be given lies between two addresses. */
    private boolean touches(Address lower, Address upper) {
        Address between = lower.next();
        while (between.compareTo(upper) < 0 && !pool.gives(between)) {
            between = between.next();
        }
        return between.equals(upper);
    }

    /** Adds a run without the addresses at its ends that are not given. */
    private void add(Address from, Address to) {
        Address first = from;
        while (!pool.gives(first) && first.compareTo(to) < 0) {
            first = first.next();
        }
        Address last = to;
        while (!pool.gives(last) && last.compareTo(first) > 0) {
            last = last.previous();
        }
        if (pool.gives(first)) {
            lastByFirst.put(first, last);
        }
    }
}
