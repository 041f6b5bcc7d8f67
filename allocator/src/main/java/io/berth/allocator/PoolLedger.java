package io.berth.allocator;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who holds which address of one pool. The ledger is the map of holders; the free addresses, those set aside, the shared ones and
 * the counts follow from it and change in the same methods.
 */
final class PoolLedger {

    /** One user of an address. */
    record Holder(ServiceKey service, Sharing sharing) {}

    /** A part of the pool without gaps, by its place in the order in which the pool is drawn from. */
    private record Piece(int place, AddressRange range, FreeAddresses free) {}

    /** What the pool has of one family. */
    private static final class Stock {
        private final List<Piece> pieces = new ArrayList<>();
        private final BitSet open = new BitSet();
        private final BigInteger total;
        private int assigned;
        private int setAside;

        Stock(BigInteger total) {
            this.total = total;
        }
    }

    private Pool pool;
    private final Map<Address, List<Holder>> holders = new HashMap<>();

    private final NavigableMap<Address, Piece> byFirst = new TreeMap<>();
    private final Stock ipv4;
    private final Stock ipv6;
    private final SharedAddresses shared = new SharedAddresses();
    private final Set<Address> setAside = new HashSet<>();
    private final NamespaceTally namespaces = new NamespaceTally();
    private final NamespaceTally everywhere;
    private final Reservations reservations;

    /**
     * @param everywhere   what the namespaces have of all pools together; kept up to date here
     * @param reservations of addresses of all pools
     */
    PoolLedger(Pool pool, NamespaceTally everywhere, Reservations reservations) {
        this.pool = pool;
        this.everywhere = everywhere;
        this.reservations = reservations;
        this.ipv4 = new Stock(pool.total(Family.IPV4));
        this.ipv6 = new Stock(pool.total(Family.IPV6));
        for (AddressRange range : pool.pieces()) {
            Stock stock = stock(range.family());
            Piece piece = new Piece(stock.pieces.size(), range, new FreeAddresses(range, pool.buggyIps()));
            stock.pieces.add(piece);
            byFirst.put(range.first(), piece);
            note(piece, stock);
        }
    }

    Pool pool() {
        return pool;
    }

    /** The pool says something else now, but gives the same addresses as before. */
    void become(Pool changed) {
        pool = changed;
    }

    /**
     * The address that a service gets which takes any: the one that is reserved for it, or the first, in the order of the ranges,
     * that is free or that it can share.
     *
     * @return null where there is none
     */
    @Nullable
    Address first(Family family, Request request) {
        Address reserved = setAside.isEmpty() ? null : reserved(family, request);
        if (reserved != null) {
            return reserved;
        }
        Stock stock = stock(family);
        if (request.sharing() instanceof Sharing.Exclusive) {
            int place = stock.open.nextSetBit(0);
            return place < 0 ? null : stock.pieces.get(place).free.lowest();
        }
        for (Piece piece : stock.pieces) {
            Address free = piece.free.lowest();
            Address upTo = free == null ? piece.range.last() : free;
            Address lowest = shared.lowest(piece.range.first(), upTo, request, address -> mayUse(address, request));
            if (lowest != null || free != null) {
                return lowest == null ? free : lowest;
            }
        }
        return null;
    }

    private @Nullable Address reserved(Family family, Request request) {
        for (Reservation reservation : reservations.of(request.service())) {
            Address address = reservation.address();
            if (address.family() == family && mayUse(address, request)) {
                return address;
            }
        }
        return null;
    }

    /** The first address that the service can share and that its namespace uses already; null where there is none. */
    @Nullable
    Address firstOfItsNamespace(Family family, Request request) {
        String namespace = request.service().namespace();
        for (Piece piece : stock(family).pieces) {
            Address lowest = shared.lowest(
                    piece.range.first(),
                    piece.range.last(),
                    request,
                    address -> isUsedBy(namespace, holders(address)) && mayUse(address, request));
            if (lowest != null) {
                return lowest;
            }
        }
        return null;
    }

    private @Nullable Piece pieceOf(Address address) {
        Map.Entry<Address, Piece> below = byFirst.floorEntry(address);
        return below != null && below.getValue().range.contains(address) ? below.getValue() : null;
    }

    /** How many addresses of a family the pool has to give. */
    BigInteger total(Family family) {
        return stock(family).total;
    }

    boolean has(Family family) {
        return total(family).signum() > 0;
    }

    /** Whether the address is the pool's to give. */
    boolean owns(Address address) {
        return pieceOf(address) != null && (pool.buggyIps() == Pool.BuggyIps.GIVEN || !Pool.isBuggy(address));
    }

    /**
     * Whether the service may have this address of the pool: nobody has it and it is kept for nobody else, or only such have it
     * as share it by rule.
     */
    boolean mayUse(Address address, Request request) {
        ServiceKey service = request.service();
        List<Holder> present = holders(address);
        for (Holder holder : present) {
            boolean allowed = holder.service.equals(service)
                    || request.sharing().allows(service.namespace(), holder.sharing, holder.service.namespace());
            if (!allowed) {
                return false;
            }
        }
        return owns(address) && (!present.isEmpty() || !isSetAside(address) || isReservedFor(service, address));
    }

    /** Whether nobody has the address, but somebody may come back for it. */
    boolean isSetAside(Address address) {
        return !setAside.isEmpty() && setAside.contains(address);
    }

    private boolean isReservedFor(ServiceKey service, Address address) {
        return reservations.of(address).stream()
                .anyMatch(reservation -> reservation.service().equals(service));
    }

    List<Holder> holders(Address address) {
        return holders.getOrDefault(address, List.of());
    }

    /** Whether a service of the namespace has the address, apart from this one. */
    boolean isUsedByOthersOf(String namespace, ServiceKey service, Address address) {
        for (Holder holder : holders(address)) {
            if (!holder.service.equals(service) && holder.service.namespace().equals(namespace)) {
                return true;
            }
        }
        return false;
    }

    /** Everybody who has an address of the pool. */
    Set<ServiceKey> services() {
        return holders.values().stream()
                .flatMap(List::stream)
                .map(Holder::service)
                .collect(Collectors.toSet());
    }

    /** How many addresses of the pool a namespace has. */
    int countOf(String namespace) {
        return namespaces.of(namespace);
    }

    void add(Address address, Request request) {
        ServiceKey service = request.service();
        List<Holder> before = holders(address);
        if (before.isEmpty()) {
            Stock stock = stock(address.family());
            if (setAside.remove(address)) {
                stock.setAside--;
            } else {
                take(address, stock);
            }
            stock.assigned++;
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

    private void take(Address address, Stock stock) {
        Piece piece = pieceOf(address);
        if (piece == null) {
            throw new IllegalStateException(address + " is no address of pool " + pool.name());
        }
        piece.free.take(address);
        note(piece, stock);
    }

    private void giveBack(Address address, Stock stock) {
        Piece piece = pieceOf(address);
        if (piece == null) {
            throw new IllegalStateException(address + " is no address of pool " + pool.name());
        }
        piece.free.giveBack(address);
        stock.open.set(piece.place);
    }

    private static void note(Piece piece, Stock stock) {
        stock.open.set(piece.place, piece.free.lowest() != null);
    }

    void remove(Address address, ServiceKey service) {
        List<Holder> before = holders(address);
        List<Holder> after = before.size() == 1 ? List.of() : without(service, before);
        for (Holder holder : before) {
            if (holder.service.equals(service)) {
                shared.remove(address, service, holder.sharing);
            }
        }
        if (!isUsedBy(service.namespace(), after)) {
            count(service.namespace(), address.family(), -1);
        }
        if (after.isEmpty()) {
            holders.remove(address);
            Stock stock = stock(address.family());
            stock.assigned--;
            if (reservations.isReserved(address)) {
                setAside.add(address);
                stock.setAside++;
            } else {
                giveBack(address, stock);
            }
        } else {
            holders.put(address, after);
        }
    }

    private static List<Holder> without(ServiceKey service, List<Holder> holders) {
        return holders.stream()
                .filter(holder -> !holder.service.equals(service))
                .toList();
    }

    /** An address has been reserved, or is not any more: it is set aside, or free again, unless somebody has it. */
    void reservationChanged(Address address) {
        Stock stock = stock(address.family());
        boolean kept = reservations.isReserved(address) && holders(address).isEmpty();
        if (kept && setAside.add(address)) {
            stock.setAside++;
            take(address, stock);
        } else if (!kept && setAside.remove(address)) {
            stock.setAside--;
            giveBack(address, stock);
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
        namespaces.add(namespace, family, change);
        everywhere.add(namespace, family, change);
    }

    PoolUsage usage() {
        return new PoolUsage(
                pool.name(), pool.scope().priority(), pool.autoAssign(), count(ipv4), count(ipv6), namespaces.all());
    }

    private static PoolUsage.Count count(Stock stock) {
        return new PoolUsage.Count(stock.total, BigInteger.valueOf(stock.assigned), BigInteger.valueOf(stock.setAside));
    }

    private Stock stock(Family family) {
        return family == Family.IPV4 ? ipv4 : ipv6;
    }
}
