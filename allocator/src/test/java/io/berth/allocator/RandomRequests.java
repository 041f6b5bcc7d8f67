package io.berth.allocator;

import io.berth.allocator.Chance.Taste;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What services ask for at random, and what is laid down for their namespaces meanwhile. */
final class RandomRequests {

    private static final int SERVICES = 5;

    private final Chance chance;
    private final Map<String, Tenant> tenants = new HashMap<>();
    private final Map<ServiceKey, Request> requests = new TreeMap<>();

    RandomRequests(Chance chance) {
        this.chance = chance;
    }

    void forget(ServiceKey service) {
        requests.remove(service);
    }

    private Tenant tenant() {
        Map<String, String> labels = chance.has(Taste.LABELS) ? Map.of("env", chance.value()) : Map.of();
        return new Tenant(labels, fence(), chance.has(Taste.QUOTA) ? chance.quota() : new Quota.Unlimited());
    }

    private Fence fence() {
        if (!chance.has(Taste.FENCE)) {
            return new Fence.Open();
        }
        if (chance.has(Taste.UNREADABLE) && chance.oneIn(3)) {
            return new Fence.Unreadable();
        }
        List<String> names = new ArrayList<>();
        do {
            names.add(chance.poolName());
        } while (chance.oneIn(2));
        return new Fence.Around(names);
    }

    ServiceKey service() {
        String namespace = chance.namespace();
        return new ServiceKey(namespace, namespace + chance.below(SERVICES));
    }

    /** What a service asks for: the same as before, something like it, or something else. */
    Request request(ServiceKey service) {
        String namespace = service.namespace();
        Tenant tenant = chance.oneIn(12) ? tenant() : tenants.computeIfAbsent(namespace, _ -> tenant());
        tenants.put(namespace, tenant);
        Request before = requests.get(service);
        Request request = before == null || chance.oneIn(5)
                ? new Request(service, Tenant.UNKNOWN, labels(), families(), wish(), sharing())
                : chance.oneIn(2) ? before : like(before);
        request = Given.with(tenant, request);
        requests.put(service, request);
        return request;
    }

    private Request like(Request before) {
        return switch (chance.below(4)) {
            case 0 -> Given.labelled(labels(), before);
            case 1 -> Given.with(families(), before);
            case 2 -> Given.with(wish(), before);
            default -> Given.with(sharing(), before);
        };
    }

    private Map<String, String> labels() {
        return chance.has(Taste.LABELS) ? Map.of("app", chance.value()) : Map.of();
    }

    private Families families() {
        if (!chance.has(Taste.TWO_FAMILIES)) {
            return chance.oneIn(4) ? Given.IPV6 : Given.IPV4;
        }
        return switch (chance.below(4)) {
            case 0, 1 -> Given.BOTH;
            case 2 -> new Families.PreferBoth(Family.IPV4);
            default -> new Families.PreferBoth(Family.IPV6);
        };
    }

    private Wish wish() {
        if (!chance.has(Taste.NAMED)) {
            return new Wish.Any();
        }
        String pool = chance.poolName();
        return switch (chance.below(5)) {
            case 0 -> new Wish.FromPool(pool);
            case 1, 2 -> new Wish.Exactly(List.of(chance.address()));
            case 3 -> new Wish.Exactly(List.of(chance.address(), chance.address()));
            default -> new Wish.ExactlyFromPool(List.of(chance.address()), pool);
        };
    }

    private Sharing sharing() {
        if (!chance.has(Taste.SHARING)) {
            return new Sharing.Exclusive();
        }
        Set<Sharing.Port> ports = chance.oneIn(2) ? Set.of(port()) : Set.copyOf(List.of(port(), port()));
        Sharing.Backend backend = chance.oneIn(4)
                ? new Sharing.Backend.LocalPods("app=" + chance.value())
                : new Sharing.Backend.AnyNode("app=" + chance.value());
        Sharing.Reach reach = chance.has(Taste.CONSENT) ? Sharing.Reach.CLUSTER : Sharing.Reach.NAMESPACE;
        return new Sharing.Keyed(chance.oneIn(4) ? "rare" : "key", ports, backend, reach);
    }

    private Sharing.Port port() {
        return new Sharing.Port(chance.oneIn(3) ? "UDP" : "TCP", 80 + chance.below(8));
    }
}
