package io.berth.allocator;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who holds which address of one pool. The tables of the pieces are the ledger; the shared addresses and the counts follow from
 * them and change in the same methods.
 */
final class PoolLedger {

    private static final Occupant.SetAside SET_ASIDE = new Occupant.SetAside();

    /** A part of the pool without gaps, by its place in the order in which the pool is drawn from. */
    private record Piece(int place, AddressRange range, AddressTable table) {}

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

        private void note(Piece piece) {
            open.set(piece.place, !piece.table.isFull());
        }
    }

    private Pool pool;
    private final List<Piece> inOrder;
    private final Stock ipv4;
    private final Stock ipv6;
    private final SharedAddresses shared = new SharedAddresses();
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
            Piece piece = new Piece(stock.pieces.size(), range, new AddressTable(range, pool.buggyIps()));
            stock.pieces.add(piece);
            stock.note(piece);
        }
        this.inOrder = Stream.of(ipv4, ipv6)
                .flatMap(stock -> stock.pieces.stream())
                .sorted(Comparator.comparing(piece -> piece.range.first()))
                .toList();
    }

    Pool pool() {
        return pool;
    }

    /** The pool says something else now, but gives the same addresses as before. */
    void become(Pool changed) {
        pool = changed;
    }

    private Stock stock(Family family) {
        return family == Family.IPV4 ? ipv4 : ipv6;
    }

    private @Nullable Piece pieceOf(Address address) {
        int from = 0;
        int to = inOrder.size();
        while (from < to) {
            int middle = from + to >>> 1;
            Piece piece = inOrder.get(middle);
            if (piece.range.contains(address)) {
                return piece;
            }
            if (address.compareTo(piece.range.first()) < 0) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return null;
    }

    private Piece pieceWith(Address address) {
        Piece piece = pieceOf(address);
        if (piece == null) {
            throw new IllegalStateException(address + " is no address of pool " + pool.name());
        }
        return piece;
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

    private @Nullable Occupant occupant(Address address) {
        Piece piece = pieceOf(address);
        return piece == null ? null : piece.table.occupant(address);
    }

    /**
     * The address that a service gets which takes any: the one that is reserved for it, or the first, in the order of the ranges,
     * that is free or that it can share.
     *
     * @return null where there is none
     */
    @Nullable
    Address first(Family family, Request request) {
        Stock stock = stock(family);
        Address reserved = reservations.isEmpty() ? null : reserved(family, request);
        if (reserved != null) {
            return reserved;
        }
        if (request.sharing() instanceof Sharing.Exclusive) {
            int place = stock.open.nextSetBit(0);
            return place < 0 ? null : stock.pieces.get(place).table.lowest();
        }
        for (Piece piece : stock.pieces) {
            Address free = piece.table.lowest();
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
        for (Piece piece : stock(family).pieces) {
            Address lowest = shared.lowest(
                    piece.range.first(),
                    piece.range.last(),
                    request,
                    address -> isUsedByOthersOf(request.service(), address) && mayUse(address, request));
            if (lowest != null) {
                return lowest;
            }
        }
        return null;
    }

    /**
     * Whether the service may be given this address of the pool: nobody has it and it is kept for nobody else, or only such have
     * it as share it by rule.
     */
    boolean mayUse(Address address, Request request) {
        Occupant occupant = occupant(address);
        return owns(address)
                && (occupant == null
                        || (occupant instanceof Occupant.SetAside
                                ? reservations.isReserved(address, request.service())
                                : occupant.opensTo(request)));
    }

    /** Whether an address of the pool can be the service's that has it already: it comes before those it is only kept for. */
    boolean mayKeep(Address address, Request request) {
        Occupant occupant = occupant(address);
        return owns(address) && (occupant == null || occupant.goesOnWith(request));
    }

    /** Whether nobody has the address, but somebody may come back for it. */
    boolean isSetAside(Address address) {
        return occupant(address) instanceof Occupant.SetAside;
    }

    /** Whether this service has the address. */
    boolean isOf(ServiceKey service, Address address) {
        Occupant occupant = occupant(address);
        return occupant != null
                && occupant.holders().stream()
                        .anyMatch(holding -> holding.request().service().equals(service));
    }

    /** Whether a service of the namespace has the address. */
    boolean isUsedBy(String namespace, Address address) {
        Occupant occupant = occupant(address);
        return occupant != null
                && occupant.holders().stream()
                        .anyMatch(holding ->
                                holding.request().service().namespace().equals(namespace));
    }

    /** Whether another service of the same namespace has the address. */
    boolean isUsedByOthersOf(ServiceKey service, Address address) {
        Occupant occupant = occupant(address);
        return occupant != null && occupant.isOf(service.namespace(), service);
    }

    /** Everybody who has an address of the pool. */
    Set<ServiceKey> services() {
        Set<ServiceKey> services = new HashSet<>();
        inOrder.forEach(piece -> piece.table.forEach(occupant -> occupant.holders()
                .forEach(holding -> services.add(holding.request().service()))));
        return services;
    }

    /** How many addresses of the pool a namespace has. */
    int countOf(String namespace) {
        return namespaces.of(namespace);
    }

    /** Notes that a service has an address, besides those that share it. */
    void add(Address address, Holding holding) {
        Piece piece = pieceWith(address);
        Stock stock = stock(address.family());
        Occupant before = piece.table.occupant(address);
        ServiceKey service = holding.request().service();
        if (before == null || before instanceof Occupant.SetAside) {
            stock.assigned++;
            stock.setAside -= before == null ? 0 : 1;
        }
        if (before == null || !before.isOf(service.namespace(), service)) {
            count(service.namespace(), address.family(), 1);
        }
        piece.table.put(address, before == null ? holding : before.and(holding));
        if (before == null) {
            stock.note(piece);
        }
        shared.add(address, service, holding.request().sharing());
    }

    /** Notes that a service has an address no more. */
    void remove(Address address, Holding holding) {
        Piece piece = pieceWith(address);
        Stock stock = stock(address.family());
        ServiceKey service = holding.request().service();
        shared.remove(address, service, holding.request().sharing());
        Occupant before = piece.table.occupant(address);
        List<Holding> after = before == null ? List.of() : before.without(service);
        boolean isUsedNoMore = after.isEmpty() || !new Occupant.Sharers(after).isOf(service.namespace(), service);
        if (isUsedNoMore) {
            count(service.namespace(), address.family(), -1);
        }
        if (!after.isEmpty()) {
            piece.table.put(address, after.size() == 1 ? after.getFirst() : new Occupant.Sharers(after));
            return;
        }
        stock.assigned--;
        if (reservations.isReserved(address)) {
            piece.table.put(address, SET_ASIDE);
            stock.setAside++;
        } else {
            piece.table.free(address);
            stock.open.set(piece.place);
        }
    }

    /** An address has been reserved, or is not any more: it is set aside, or free again, unless somebody has it. */
    void reservationChanged(Address address) {
        Piece piece = pieceWith(address);
        Stock stock = stock(address.family());
        Occupant before = piece.table.occupant(address);
        if (before == null && reservations.isReserved(address)) {
            piece.table.put(address, SET_ASIDE);
            stock.setAside++;
            stock.note(piece);
        } else if (before instanceof Occupant.SetAside && !reservations.isReserved(address)) {
            piece.table.free(address);
            stock.setAside--;
            stock.note(piece);
        }
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
}
