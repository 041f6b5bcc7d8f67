package io.berth.allocator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one service has.
 *
 * @param request what it asked for when it got this
 * @param second  of the other family; null where it has but one
 */
record Holding(Request request, Address first, @Nullable Address second) implements Occupant {

    static Holding of(Request request, List<Address> addresses) {
        return new Holding(request, addresses.getFirst(), addresses.size() > 1 ? addresses.getLast() : null);
    }

    List<Address> addresses() {
        return second == null ? List.of(first) : List.of(first, second);
    }

    /** Whether the service of a request may use the same address: it is the same service, or both share by rule. */
    boolean goesWith(Request other) {
        ServiceKey mine = request.service();
        ServiceKey theirs = other.service();
        return mine.equals(theirs) || other.sharing().allows(theirs.namespace(), request.sharing(), mine.namespace());
    }

    @Override
    public boolean isOf(String namespace, ServiceKey except) {
        ServiceKey mine = request.service();
        return mine.namespace().equals(namespace) && !mine.equals(except);
    }
}
