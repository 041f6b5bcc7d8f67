package io.berth.allocator;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one service has.
 *
 * @param request what it asked for when it got this
 * @param pool    the ledger of the pool that owns the first address
 * @param other   of the other family; null where it has but one address
 */
record Holding(
        Request request,
        Address first,
        PoolLedger pool,
        @Nullable Other other) implements Occupant {

    /** The second address, and the ledger of the pool that owns it. */
    record Other(Address address, PoolLedger pool) {}

    static Holding of(Request request, List<Address> addresses, Function<Address, PoolLedger> owning) {
        Address first = addresses.getFirst();
        Address last = addresses.getLast();
        return new Holding(
                request,
                first,
                owning.apply(first),
                addresses.size() == 1 ? null : new Other(last, owning.apply(last)));
    }

    /** Writes it down in the ledgers. */
    void enter() {
        pool.add(first, this);
        if (other != null) {
            other.pool.add(other.address, this);
        }
    }

    /** Strikes it out of the ledgers. */
    void leave() {
        pool.remove(first, this);
        if (other != null) {
            other.pool.remove(other.address, this);
        }
    }

    List<Address> addresses() {
        return other == null ? List.of(first) : List.of(first, other.address);
    }

    /** Whether the service of a request may come to use the same address: it is the same service, or both share by rule. */
    @Override
    public boolean opensTo(Request other) {
        ServiceKey mine = request.service();
        ServiceKey theirs = other.service();
        return mine.equals(theirs) || other.sharing().allows(theirs.namespace(), request.sharing(), mine.namespace());
    }

    /** Whether it may go on using it where it does already. */
    @Override
    public boolean goesOnWith(Request other) {
        ServiceKey mine = request.service();
        ServiceKey theirs = other.service();
        return mine.equals(theirs)
                || other.sharing().goesOnWith(theirs.namespace(), request.sharing(), mine.namespace());
    }

    @Override
    public boolean isOf(String namespace, ServiceKey except) {
        ServiceKey mine = request.service();
        return mine.namespace().equals(namespace) && !mine.equals(except);
    }
}
