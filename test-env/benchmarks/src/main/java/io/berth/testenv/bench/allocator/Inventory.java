package io.berth.testenv.bench.allocator;

import io.berth.allocator.Address;
import io.berth.allocator.AddressRange;
import io.berth.allocator.Families;
import io.berth.allocator.Family;
import io.berth.allocator.Pool;
import io.berth.allocator.Request;
import io.berth.allocator.Scope;
import io.berth.allocator.ServiceKey;
import io.berth.allocator.Sharing;
import io.berth.allocator.Tenant;
import io.berth.allocator.Terms;
import io.berth.allocator.Wish;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Pools and services as the scenarios want them. Whatever the allocator is fed with is made here. */
final class Inventory {

    private Inventory() {}

    /** A pool of one range that everybody may draw from. */
    static Pool forEverybody(String name, String range) {
        return pool(name, range, new Scope.Open());
    }

    /** A pool of one range for one namespace only. */
    static Pool forNamespace(String namespace, String range) {
        return pool("pool-" + namespace, range, new Scope.Pinned(0, Set.of(namespace), List.of(), List.of()));
    }

    private static Pool pool(String name, String range, Scope scope) {
        return new Pool(
                name,
                List.of(AddressRange.parse(range)),
                Pool.AutoAssign.ENABLED,
                Pool.BuggyIps.GIVEN,
                scope,
                Terms.NONE);
    }

    /** A service that wants one address of any pool, to itself. */
    static Request service(String namespace, int number, Family family) {
        return new Request(
                new ServiceKey(namespace, "service-" + number),
                Tenant.UNKNOWN,
                Map.of(),
                new Families.One(family),
                new Wish.Any(),
                new Sharing.Exclusive());
    }

    /** The address this far from the first of a range. */
    static Address address(AddressRange range, int offset) {
        Address first = range.first();
        return new Address(first.family(), first.high(), first.low() + offset);
    }
}
