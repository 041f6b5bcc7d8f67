package io.berth.k8s.allocation;

import io.berth.allocator.Address;
import io.berth.allocator.AddressRange;
import io.berth.allocator.Families;
import io.berth.allocator.Family;
import io.berth.allocator.Request;
import io.berth.allocator.Sharing;
import io.berth.allocator.Tenant;
import io.berth.allocator.Wish;
import io.berth.k8s.resource.Service;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Service in the words of the allocator. */
final class Requests {

    private Requests() {}

    /**
     * What this service asks for.
     *
     * @param tenant            the service's namespace
     * @param loadBalancerClass whose services are ours; empty for those that name no class
     */
    static Asked from(Service service, Tenant tenant, String loadBalancerClass) {
        if (service.type() != Service.Type.LOAD_BALANCER) {
            return new Asked.NotLoadBalancer();
        }
        if (!service.loadBalancerClass().equals(loadBalancerClass)) {
            return new Asked.NotOurs(otherClass(service.loadBalancerClass(), loadBalancerClass));
        }
        try {
            return new Asked.Wanted(request(service, tenant, wish(service)));
        } catch (IllegalArgumentException unreadable) {
            Request understood = request(service, tenant, new Wish.Any());
            return new Asked.Unclear(understood, String.valueOf(unreadable.getMessage()));
        }
    }

    private static String otherClass(String theirs, String ours) {
        String which = theirs.isEmpty() ? "it names no loadBalancerClass" : "its loadBalancerClass is " + theirs;
        String served = ours.isEmpty() ? "that name none" : "of loadBalancerClass " + ours;
        return which + "; Berth serves services " + served;
    }

    private static Request request(Service service, Tenant tenant, Wish wish) {
        return new Request(
                service.meta().key(), tenant, service.meta().labels(), families(service), wish, sharing(service));
    }

    /**
     * The families of the cluster IPs, since a service has no use for an address of another. A manifest that was never in a
     * cluster has none: there {@code ipFamilies} must do, and IPv4 where it says nothing either.
     */
    private static Families families(Service service) {
        List<Family> given = (service.clusterIps().isEmpty()
                        ? service.ipFamilies().stream()
                        : service.clusterIps().stream().map(Family::of))
                .distinct()
                .toList();
        Family first = Stream.concat(
                        service.ipFamilies().stream().filter(family -> given.isEmpty() || given.contains(family)),
                        given.stream())
                .findFirst()
                .orElse(Family.IPV4);
        boolean one = given.size() == 1 && !service.clusterIps().isEmpty();
        return switch (service.ipFamilyPolicy()) {
            case REQUIRE_DUAL_STACK -> new Families.Both();
            case PREFER_DUAL_STACK -> one ? new Families.One(first) : new Families.PreferBoth(first);
            case SINGLE_STACK -> new Families.One(first);
        };
    }

    private static Wish wish(Service service) {
        String reach = service.meta().annotations().getOrDefault(Service.SHARE_ACROSS_NAMESPACES, "");
        if (!List.of("", "true", "false").contains(reach)) {
            throw new IllegalArgumentException("annotation " + Service.SHARE_ACROSS_NAMESPACES
                    + " must be \"true\" or \"false\", got '" + reach + "'");
        }
        String pool = service.meta().metallbAnnotation("address-pool").strip();
        List<Address> addresses = addresses(service);
        if (addresses.isEmpty()) {
            return pool.isEmpty() ? new Wish.Any() : new Wish.FromPool(pool);
        }
        return pool.isEmpty() ? new Wish.Exactly(addresses) : new Wish.ExactlyFromPool(addresses, pool);
    }

    private static List<Address> addresses(Service service) {
        String annotation = service.meta().metallbAnnotation("loadBalancerIPs").strip();
        String field = service.loadBalancerIp().strip();
        if (!annotation.isEmpty() && !field.isEmpty()) {
            throw new IllegalArgumentException("annotation metallb.io/loadBalancerIPs '" + annotation
                    + "' and spec.loadBalancerIP '" + field + "' are both set; keep one of them");
        }
        if (!field.isEmpty()) {
            return List.of(address("spec.loadBalancerIP", field));
        }
        return annotation.isEmpty()
                ? List.of()
                : Stream.of(annotation.split(",", -1))
                        .map(text -> address("annotation metallb.io/loadBalancerIPs", text.strip()))
                        .toList();
    }

    private static Address address(String field, String text) {
        try {
            return Address.of(AddressRange.parseAddress(text));
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalArgumentException(field + ": '" + text + "' is not an IP address", unreadable);
        }
    }

    private static Sharing sharing(Service service) {
        String key = service.meta().metallbAnnotation("allow-shared-ip");
        if (key.isEmpty()) {
            return new Sharing.Exclusive();
        }
        return new Sharing.Keyed(
                key,
                service.ports().stream()
                        .map(port -> new Sharing.Port(port.protocol(), port.port()))
                        .collect(Collectors.toUnmodifiableSet()),
                switch (service.externalTrafficPolicy()) {
                    case CLUSTER -> new Sharing.Backend.AnyNode(pods(service));
                    case LOCAL -> new Sharing.Backend.LocalPods(pods(service));
                },
                switch (service.meta().annotations().getOrDefault(Service.SHARE_ACROSS_NAMESPACES, "")) {
                    case "true" -> Sharing.Reach.CLUSTER;
                    case "", "false" -> Sharing.Reach.NAMESPACE;
                    default -> Sharing.Reach.UNREADABLE;
                });
    }

    /** One text for equal selectors. */
    private static String pods(Service service) {
        return new TreeMap<>(service.selector()).toString();
    }
}
