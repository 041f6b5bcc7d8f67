package io.berth.allocator;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who holds which address of one pool. The ledger is the map of holders; the free runs, the shared addresses and the
 * counts follow from it and change in the same methods.
 */
final class PoolLedger {

    /** One user of an address. */
    record Holder(ServiceKey service, Sharing sharing) {}

    private final Pool pool;
    private final Map<Address, List<Holder>> holders = new HashMap<>();

    private final List<FreeAddresses> free = new ArrayList<>();
    private final SharedAddresses shared = new SharedAddresses();
    private final Map<String, PoolUsage.Held> namespaces = new HashMap<>();
    private final Map<Family, BigInteger> totals = new HashMap<>();
    private final int[] assigned = new int[Family.values().length];

    PoolLedger(Pool pool) {
        this.pool = pool;
        pool.ranges().forEach(range -> free.add(new FreeAddresses(pool, range)));
        for (Family family : Family.values()) {
            totals.put(family, pool.total(family));
        }
    }

    Pool pool() {
        return pool;
    }

    /** The first address, in the order of the entries, that is free or can be shared by this service. */
    Optional<Address> first(Family family, Request request) {
        for (int i = 0; i < free.size(); i++) {
            AddressRange range = pool.ranges().get(i);
            if (range.family() == family) {
                Optional<Address> lowest = free.get(i).lowest();
                Optional<Address> candidate = request.sharing() instanceof Sharing.Exclusive
                        ? lowest
                        : shared.lowest(
                                        range.first(),
                                        lowest.orElse(range.last()),
                                        request,
                                        address -> mayUse(address, request))
                                .or(() -> lowest);
                if (candidate.isPresent()) {
                    return candidate;
                }
            }
        }
        return Optional.empty();
    }

    private int entryOf(Address address) {
        for (int i = 0; i < pool.ranges().size(); i++) {
            if (pool.ranges().get(i).contains(address)) {
                return i;
            }
        }
        return pool.ranges().size();
    }

    /** Whether the service may have this address of the pool: nobody else does, or only such as share it by rule. */
    boolean mayUse(Address address, Request request) {
        ServiceKey service = request.service();
        for (Holder holder : holders(address)) {
            boolean allowed = holder.service.equals(service)
                    || request.sharing().allows(service.namespace(), holder.sharing, holder.service.namespace());
            if (!allowed) {
                return false;
            }
        }
        return pool.owns(address);
    }

    List<Holder> holders(Address address) {
        return holders.getOrDefault(address, List.of());
    }

    void add(Address address, Request request) {
        ServiceKey service = request.service();
        List<Holder> before = holders(address);
        if (before.isEmpty()) {
            free.get(entryOf(address)).take(address);
            assigned[index(address.family())]++;
        }
        if (!isUsedBy(service.namespace(), before)) {
            count(service.namespace(), address.family(), 1);
        }
        Holder holder = new Holder(service, request.sharing());
        holders.put(address, before.isEmpty() ? List.of(holder) : joined(before, holder));
        shared.add(address, service, request.sharing());
    }

    private static List<Holder> joined(List<Holder> before, Holder holder) {
        List<Holder> after = new ArrayList<>(before);
        after.add(holder);
        return List.copyOf(after);
    }

    void remove(Address address, ServiceKey service) {
        List<Holder> after = new ArrayList<>();
        for (Holder holder : holders(address)) {
            if (holder.service.equals(service)) {
                shared.remove(address, service, holder.sharing);
            } else {
                after.add(holder);
            }
        }
        if (!isUsedBy(service.namespace(), after)) {
            count(service.namespace(), address.family(), -1);
        }
        if (after.isEmpty()) {
            holders.remove(address);
            assigned[index(address.family())]--;
            free.get(entryOf(address)).giveBack(address);
        } else {
            holders.put(address, List.copyOf(after));
        }
    }

    private static boolean isUsedBy(String namespace, List<Holder> holders) {
        for (Holder holder : holders) {
            if (holder.service.namespace().equals(namespace)) {
                return true;
            }
        }
        return false;
    }

    private void count(String namespace, Family family, int change) {
        PoolUsage.Held held = namespaces.getOrDefault(namespace, new PoolUsage.Held(0, 0));
        PoolUsage.Held now = family == Family.IPV4
                ? new PoolUsage.Held(held.ipv4() + change, held.ipv6())
                : new PoolUsage.Held(held.ipv4(), held.ipv6() + change);
        if (now.total() == 0) {
            namespaces.remove(namespace);
        } else {
            namespaces.put(namespace, now);
        }
    }

    PoolUsage usage() {
        return new PoolUsage(
                pool.name(),
                pool.scope().priority(),
                pool.autoAssign(),
                usageOf(Family.IPV4),
                usageOf(Family.IPV6),
                namespaces);
    }

    private PoolUsage.Count usageOf(Family family) {
        return new PoolUsage.Count(
                totals.getOrDefault(family, BigInteger.ZERO), BigInteger.valueOf(assigned[index(family)]));
    }

    private static int index(Family family) {
        return family == Family.IPV4 ? 0 : 1;
    }
}
