package io.berth.allocator;

import static io.berth.allocator.Rules.require;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What is used of a pool, counted by going from one of its addresses to the next. */
final class Recount {

    /** Of one family. */
    private static final class Tally {
        private int total;
        private int assigned;
        private int reserved;
    }

    private final PoolContents pool;
    private final Tally ipv4 = new Tally();
    private final Tally ipv6 = new Tally();
    private final Map<String, PoolUsage.Held> namespaces = new HashMap<>();

    Recount(PoolContents pool, Seen seen) {
        this.pool = pool;
        for (Address address : pool.addresses()) {
            count(address, seen);
        }
    }

    private void count(Address address, Seen seen) {
        Tally tally = of(address.family());
        tally.total++;
        if (seen.holders(address).isEmpty()) {
            tally.reserved += seen.isReserved(address) ? 1 : 0;
            return;
        }
        tally.assigned++;
        Set<String> using = new HashSet<>();
        for (ServiceKey holder : seen.holders(address)) {
            if (using.add(holder.namespace())) {
                PoolUsage.Held before = namespaces.getOrDefault(holder.namespace(), new PoolUsage.Held(0, 0));
                namespaces.put(
                        holder.namespace(),
                        address.family() == Family.IPV4
                                ? new PoolUsage.Held(before.ipv4() + 1, before.ipv6())
                                : new PoolUsage.Held(before.ipv4(), before.ipv6() + 1));
            }
        }
    }

    private Tally of(Family family) {
        return family == Family.IPV4 ? ipv4 : ipv6;
    }

    /** Holds what the allocator says against this. */
    void compare(PoolUsage usage) {
        require(usage.pool().equals(pool.name()), "the pools are counted in their order");
        for (Family family : Family.values()) {
            PoolUsage.Count count = usage.of(family);
            Tally tally = of(family);
            require(is(tally.total, count.total()), "the total is what the pool has");
            require(is(tally.assigned, count.assigned()), "the addresses that services have are counted");
            require(is(tally.reserved, count.reserved()), "the addresses that are kept are counted");
            require(
                    is(tally.total - tally.assigned - tally.reserved, count.available()),
                    "the free addresses are counted");
        }
        require(usage.namespaces().equals(namespaces), "what each namespace has is counted");
    }

    private static boolean is(int expected, BigInteger actual) {
        return actual.equals(BigInteger.valueOf(expected));
    }
}
