package io.berth.k8s.resource;

import io.berth.allocator.AddressRange;
import io.berth.allocator.Family;
import io.berth.allocator.ServiceKey;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A Service, as far as addresses go.
 *
 * @param clusterIps those the cluster really gave; empty for a headless service
 * @param loadBalancerIp {@code spec.loadBalancerIP}; empty where it asks for none
 * @param loadBalancerClass empty where it names none
 * @param ingress the addresses in {@code status.loadBalancer}; entries with a host name are left out
 */
public record Service(
        ObjectMeta meta,
        Type type,
        List<InetAddress> clusterIps,
        List<Family> ipFamilies,
        IpFamilyPolicy ipFamilyPolicy,
        String loadBalancerIp,
        String loadBalancerClass,
        ExternalTrafficPolicy externalTrafficPolicy,
        Map<String, String> selector,
        List<Port> ports,
        List<InetAddress> ingress)
        implements Resource {

    /** Which pool the address is from; written by Berth, and by MetalLB before it. */
    public static final String POOL_ANNOTATION = "metallb.io/ip-allocated-from-pool";

    /** What MetalLB called it formerly. */
    public static final String FORMER_POOL_ANNOTATION = "metallb.universe.tf/ip-allocated-from-pool";

    /** Consent to share an address with services of other namespaces: "true". */
    public static final String SHARE_ACROSS_NAMESPACES = "berth.io/share-across-namespaces";

    /** Whether the service wants an address from us at all. */
    public enum Type {
        LOAD_BALANCER,
        OTHER
    }

    public enum IpFamilyPolicy {
        SINGLE_STACK,
        PREFER_DUAL_STACK,
        REQUIRE_DUAL_STACK
    }

    public enum ExternalTrafficPolicy {
        CLUSTER,
        LOCAL
    }

    /** A port that it answers on; protocol is TCP, UDP or SCTP. */
    public record Port(String protocol, int port) {}

    public Service {
        clusterIps = List.copyOf(clusterIps);
        ipFamilies = List.copyOf(ipFamilies);
        selector = Map.copyOf(selector);
        ports = List.copyOf(ports);
        ingress = List.copyOf(ingress);
    }

    static Service from(ObjectMeta meta, Fields root) {
        Fields spec = root.object("spec");
        return new Service(
                meta,
                spec.text("type", "ClusterIP").equals("LoadBalancer") ? Type.LOAD_BALANCER : Type.OTHER,
                clusterIps(spec),
                spec.texts("ipFamilies").stream()
                        .map(family -> family.equals("IPv6") ? Family.IPV6 : Family.IPV4)
                        .toList(),
                switch (spec.text("ipFamilyPolicy", "SingleStack")) {
                    case "PreferDualStack" -> IpFamilyPolicy.PREFER_DUAL_STACK;
                    case "RequireDualStack" -> IpFamilyPolicy.REQUIRE_DUAL_STACK;
                    default -> IpFamilyPolicy.SINGLE_STACK;
                },
                spec.text("loadBalancerIP", ""),
                spec.text("loadBalancerClass", ""),
                spec.text("externalTrafficPolicy", "Cluster").equals("Local")
                        ? ExternalTrafficPolicy.LOCAL
                        : ExternalTrafficPolicy.CLUSTER,
                spec.map("selector"),
                spec.objects("ports").stream()
                        .map(port -> new Port(port.text("protocol", "TCP"), port.integer("port", 0)))
                        .toList(),
                root.object("status").object("loadBalancer").objects("ingress").stream()
                        .map(entry -> entry.text("ip", ""))
                        .flatMap(Service::address)
                        .toList());
    }

    private static List<InetAddress> clusterIps(Fields spec) {
        List<String> all = spec.texts("clusterIPs");
        Stream<String> given = all.isEmpty() ? Stream.of(spec.text("clusterIP", "")) : all.stream();
        return given.flatMap(Service::address).toList();
    }

    /** "None", host names and the empty text are no addresses. */
    private static Stream<InetAddress> address(String text) {
        try {
            return Stream.of(AddressRange.parseAddress(text));
        } catch (IllegalArgumentException e) {
            return Stream.empty();
        }
    }

    /** A service of which only is known that it has these addresses. */
    public static Service remembered(ServiceKey key, List<InetAddress> addresses) {
        return new Service(
                new ObjectMeta(key.namespace(), key.name(), Map.of(), Map.of(), ObjectMeta.AGELESS, ""),
                Type.LOAD_BALANCER,
                addresses,
                addresses.stream().map(Family::of).toList(),
                addresses.size() > 1 ? IpFamilyPolicy.REQUIRE_DUAL_STACK : IpFamilyPolicy.SINGLE_STACK,
                "",
                "",
                ExternalTrafficPolicy.CLUSTER,
                Map.of(),
                List.of(),
                addresses);
    }

    /** Which pool the service says that its address is from; empty where it does not. */
    public String allocatedFromPool() {
        return meta.metallbAnnotation("ip-allocated-from-pool");
    }

    /** The same service with another status and pool annotation; an empty pool takes the annotation away. */
    public Service with(List<InetAddress> addresses, String pool) {
        ObjectMeta changed = pool.isEmpty()
                ? meta.withoutAnnotation(POOL_ANNOTATION).withoutAnnotation(FORMER_POOL_ANNOTATION)
                : meta.withAnnotation(POOL_ANNOTATION, pool);
        return new Service(
                changed,
                type,
                clusterIps,
                ipFamilies,
                ipFamilyPolicy,
                loadBalancerIp,
                loadBalancerClass,
                externalTrafficPolicy,
                selector,
                ports,
                addresses);
    }
}
