package io.berth.allocator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one pool whose holders would share them, by those with whom they would. A service looks only among the
 * addresses of its own circles, however many other namespaces happen to say the same key.
 */
final class SharedAddresses {

    /** Services that may meet on an address, as far as key and namespace go. */
    private sealed interface Circle {

        record OfNamespace(String key, String namespace) implements Circle {}

        record Consenting(String key) implements Circle {}
    }

    private final Map<Circle, NavigableMap<Address, Integer>> holdersByAddress = new HashMap<>();

    void add(Address address, ServiceKey service, Sharing sharing) {
        if (sharing instanceof Sharing.Exclusive) {
            return;
        }
        circles(service, sharing)
                .forEach(circle -> holdersByAddress
                        .computeIfAbsent(circle, _ -> new TreeMap<>())
                        .merge(address, 1, Integer::sum));
    }

    void remove(Address address, ServiceKey service, Sharing sharing) {
        if (sharing instanceof Sharing.Exclusive) {
            return;
        }
        circles(service, sharing)
                .forEach(circle -> holdersByAddress.computeIfPresent(circle, (_, addresses) -> {
                    addresses.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
                    return addresses.isEmpty() ? null : addresses;
                }));
    }

    /** The lowest address from first to last that somebody of the service's circles has and that will do; null where none will. */
    @Nullable
    Address lowest(Address first, Address last, Request request, Predicate<Address> willDo) {
        return circles(request.service(), request.sharing()).stream()
                .flatMap(circle ->
                        holdersByAddress
                                .getOrDefault(circle, new TreeMap<>())
                                .subMap(first, true, last, true)
                                .keySet()
                                .stream()
                                .filter(willDo)
                                .limit(1))
                .min(Address::compareTo)
                .orElse(null);
    }

    private static List<Circle> circles(ServiceKey service, Sharing sharing) {
        if (!(sharing instanceof Sharing.Keyed keyed)) {
            return List.of();
        }
        Circle own = new Circle.OfNamespace(keyed.key(), service.namespace());
        return keyed.reach() == Sharing.Reach.CLUSTER ? List.of(own, new Circle.Consenting(keyed.key())) : List.of(own);
    }
}
