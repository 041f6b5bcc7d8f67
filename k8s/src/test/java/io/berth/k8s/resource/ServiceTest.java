package io.berth.k8s.resource;

import static io.berth.k8s.resource.Manifest.valid;
import static io.berth.k8s.resource.Manifest.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.allocator.Family;
import io.berth.k8s.resource.Service.ExternalTrafficPolicy;
import io.berth.k8s.resource.Service.IpFamilyPolicy;
import io.berth.k8s.resource.Service.Port;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceTest {

    private static final String FULL = """
        apiVersion: v1
        kind: Service
        metadata:
          namespace: team-a
          name: web
          creationTimestamp: "2026-01-31T12:00:00Z"
          resourceVersion: "7"
          labels: {app: web}
          annotations: {metallb.io/ip-allocated-from-pool: gold}
        spec:
          type: LoadBalancer
          clusterIP: 10.96.0.1
          clusterIPs: [10.96.0.1, "fd00::1"]
          ipFamilies: [IPv4, IPv6]
          ipFamilyPolicy: RequireDualStack
          loadBalancerIP: 10.0.1.9
          loadBalancerClass: example.com/lb
          externalTrafficPolicy: Local
          selector: {app: web}
          ports:
            - {name: http, port: 80, targetPort: web}
            - {name: dns, port: 53, protocol: UDP, nodePort: 30053}
          sessionAffinity: None
        status:
          loadBalancer:
            ingress: [{ip: 10.0.1.9, ipMode: VIP}, {hostname: lb.example}, {ip: "2001:db8::9"}]
        """;

    private static Service service(String spec) {
        return valid(Service.class, """
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {%s}
            """.formatted(spec));
    }

    @Test
    void everythingThatMattersForAddressesIsRead() {
        Service service = valid(Service.class, FULL);

        assertThat(service.reference()).isEqualTo("Service/team-a/web");
        assertThat(service.meta().resourceVersion()).isEqualTo("7");
        assertThat(service.type()).isEqualTo(Service.Type.LOAD_BALANCER);
        assertThat(service.clusterIps())
                .containsExactly(InetAddress.ofLiteral("10.96.0.1"), InetAddress.ofLiteral("fd00::1"));
        assertThat(service.ipFamilies()).containsExactly(Family.IPV4, Family.IPV6);
        assertThat(service.ipFamilyPolicy()).isEqualTo(IpFamilyPolicy.REQUIRE_DUAL_STACK);
        assertThat(service.loadBalancerIp()).isEqualTo("10.0.1.9");
        assertThat(service.loadBalancerClass()).isEqualTo("example.com/lb");
        assertThat(service.externalTrafficPolicy()).isEqualTo(ExternalTrafficPolicy.LOCAL);
        assertThat(service.selector()).isEqualTo(Map.of("app", "web"));
        assertThat(service.ports()).containsExactly(new Port("TCP", 80), new Port("UDP", 53));
        assertThat(service.ingress())
                .containsExactly(InetAddress.ofLiteral("10.0.1.9"), InetAddress.ofLiteral("2001:db8::9"));
        assertThat(service.allocatedFromPool()).isEqualTo("gold");
    }

    @Test
    void fieldsThatDoNotConcernAddressesAreNobodysBusiness() {
        assertThat(warnings(FULL)).isEmpty();
    }

    @Test
    void aServiceThatSaysNothingIsOneOfTheDefaultNamespace() {
        Service service = service("");

        assertThat(service.reference()).isEqualTo("Service/default/web");
        assertThat(service.type()).isEqualTo(Service.Type.OTHER);
        assertThat(service.ipFamilyPolicy()).isEqualTo(IpFamilyPolicy.SINGLE_STACK);
        assertThat(service.externalTrafficPolicy()).isEqualTo(ExternalTrafficPolicy.CLUSTER);
        assertThat(service.meta().creationTimestamp()).isEqualTo(ObjectMeta.AGELESS);
        assertThat(service.clusterIps()).isEmpty();
        assertThat(service.ingress()).isEmpty();
    }

    @Test
    void theOldClusterIpCountsWhereThereAreNoneOfTheNew() {
        assertThat(service("clusterIP: 10.96.0.1").clusterIps()).containsExactly(InetAddress.ofLiteral("10.96.0.1"));
        assertThat(service("clusterIP: None").clusterIps()).isEmpty();
    }

    @Test
    void theNewAnnotationPrefixWinsOverTheOldEvenWhenEmpty() {
        assertThat(annotated("metallb.universe.tf/address-pool: old")).isEqualTo("old");
        assertThat(annotated("metallb.universe.tf/address-pool: old, metallb.io/address-pool: new"))
                .isEqualTo("new");
        assertThat(annotated("metallb.universe.tf/address-pool: old, metallb.io/address-pool: ''"))
                .isEmpty();
    }

    private static String annotated(String annotations) {
        return valid(Service.class, """
            apiVersion: v1
            kind: Service
            metadata: {name: web, annotations: {%s}}
            """.formatted(annotations)).meta().metallbAnnotation("address-pool");
    }

    @Test
    void anotherStatusBringsThePoolThatItIsFrom() {
        Service service = service("type: LoadBalancer").with(List.of(InetAddress.ofLiteral("10.0.1.1")), "gold");

        assertThat(service.ingress()).containsExactly(InetAddress.ofLiteral("10.0.1.1"));
        assertThat(service.allocatedFromPool()).isEqualTo("gold");
        assertThat(service.with(List.of(), "").meta().annotations()).isEmpty();
    }
}
