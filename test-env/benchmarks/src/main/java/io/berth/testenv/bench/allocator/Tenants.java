package io.berth.testenv.bench.allocator;

import io.berth.allocator.Address;
import io.berth.allocator.AddressRange;
import io.berth.allocator.Family;
import io.berth.allocator.Pool;
import io.berth.allocator.Request;
import java.util.List;
import java.util.stream.IntStream;

/** Namespaces with a pool of sixteen addresses each, and ten services in each that want one. */
final class Tenants {

    static final int SERVICES_EACH = 10;

    private static final int ADDRESSES_EACH = 16;

    /** One of them. */
    record Tenant(String namespace, String range) {

        Pool pool() {
            return Inventory.forNamespace(namespace, range);
        }

        List<Request> services() {
            return IntStream.range(0, SERVICES_EACH)
                    .mapToObj(number -> Inventory.service(namespace, number, Family.IPV4))
                    .toList();
        }

        /** What the services have, if they have the lowest addresses of the pool. */
        List<Address> addresses() {
            AddressRange parsed = AddressRange.parse(range);
            return IntStream.range(0, SERVICES_EACH)
                    .mapToObj(number -> Inventory.address(parsed, number))
                    .toList();
        }
    }

    private Tenants() {}

    static List<Tenant> of(int namespaces) {
        return IntStream.range(0, namespaces)
                .mapToObj(number -> new Tenant("namespace-" + number, block(number * ADDRESSES_EACH)))
                .toList();
    }

    /** The /28 that begins this far into 10.0.0.0/8. */
    private static String block(int offset) {
        return "10." + (offset >>> 16) + "." + (offset >>> 8 & 0xFF) + "." + (offset & 0xFF) + "/28";
    }
}
