package io.berth.k8s.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.allocator.Address;
import io.berth.allocator.AddressRange;
import io.berth.allocator.Families;
import io.berth.allocator.Family;
import io.berth.allocator.Fence;
import io.berth.allocator.Quota;
import io.berth.allocator.Request;
import io.berth.allocator.ServiceKey;
import io.berth.allocator.Sharing;
import io.berth.allocator.Sharing.Backend;
import io.berth.allocator.Sharing.Port;
import io.berth.allocator.Sharing.Reach;
import io.berth.allocator.Tenant;
import io.berth.allocator.Wish;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RequestsTest {

    private static Asked asked(String spec, String metadata) {
        return Requests.from(Given.onlyService(Given.service("team-a/web", spec, metadata, "")), Tenant.UNKNOWN, "");
    }

    private static Request wanted(String spec, String metadata) {
        assertThat(asked(spec, metadata)).isInstanceOf(Asked.Wanted.class);
        return asked(spec, metadata).understood().orElseThrow();
    }

    private static Families families(String spec) {
        return wanted(spec, "").families();
    }

    private static Wish wish(String spec, String annotations) {
        return wanted(spec, "annotations: {" + annotations + "}").wish();
    }

    private static String problem(String spec, String annotations) {
        Asked asked = asked(spec, "annotations: {" + annotations + "}");
        assertThat(asked).isInstanceOf(Asked.Unclear.class);
        return ((Asked.Unclear) asked).problem();
    }

    private static Address address(String text) {
        return Address.of(AddressRange.parseAddress(text));
    }

    @Test
    void aServiceThatSaysNothingWantsAnyIpv4Address() {
        Request request = wanted("", "labels: {app: web}");

        assertThat(request)
                .isEqualTo(new Request(
                        new ServiceKey("team-a", "web"),
                        Tenant.UNKNOWN,
                        Map.of("app", "web"),
                        new Families.One(Family.IPV4),
                        new Wish.Any(),
                        new Sharing.Exclusive()));
    }

    @Test
    void whatIsLaidDownForTheNamespaceGoesWithTheRequest() {
        Tenant tenant =
                new Tenant(Map.of("environment", "production"), new Fence.Around(List.of("gold")), new Quota.AtMost(3));
        Asked asked = Requests.from(Given.onlyService(Given.service("team-a/web")), tenant, "");

        assertThat(asked.understood().orElseThrow().tenant()).isEqualTo(tenant);
    }

    @Test
    void otherTypesWantNothing() {
        assertThat(asked("type: ClusterIP", "")).isEqualTo(new Asked.NotLoadBalancer());
        assertThat(asked("type: NodePort", "")).isEqualTo(new Asked.NotLoadBalancer());
    }

    @Nested
    class LoadBalancerClass {

        private Asked asked(String spec, String ours) {
            return Requests.from(Given.onlyService(Given.service("team-a/web", spec)), Tenant.UNKNOWN, ours);
        }

        @Test
        void withoutOneBerthLeavesServicesOfAnyClassAlone() {
            assertThat(asked("loadBalancerClass: cloud.example/nlb", ""))
                    .isEqualTo(new Asked.NotOurs(
                            "its loadBalancerClass is cloud.example/nlb; Berth serves services that name none"));
        }

        @Test
        void withOneBerthServesThatClassAlone() {
            assertThat(asked("loadBalancerClass: berth.io/bgp", "berth.io/bgp")).isInstanceOf(Asked.Wanted.class);
            assertThat(asked("loadBalancerClass: other", "berth.io/bgp")).isInstanceOf(Asked.NotOurs.class);
            assertThat(asked("", "berth.io/bgp"))
                    .isEqualTo(new Asked.NotOurs("it names no loadBalancerClass; Berth serves services of"
                            + " loadBalancerClass berth.io/bgp"));
        }
    }

    @Nested
    class WhichFamilies {

        @Test
        void followTheClusterIpsThatTheServiceReallyHas() {
            assertThat(families("clusterIPs: ['fd00::1'], ipFamilies: [IPv4]"))
                    .isEqualTo(new Families.One(Family.IPV6));
            assertThat(families("clusterIP: 10.96.0.1")).isEqualTo(new Families.One(Family.IPV4));
        }

        @Test
        void withoutClusterIpsAreThoseOfTheManifest() {
            assertThat(families("ipFamilies: [IPv6]")).isEqualTo(new Families.One(Family.IPV6));
            assertThat(families("ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv6, IPv4]"))
                    .isEqualTo(new Families.PreferBoth(Family.IPV6));
            assertThat(families("ipFamilyPolicy: PreferDualStack")).isEqualTo(new Families.PreferBoth(Family.IPV4));
        }

        @Test
        void areBothFromOnePoolWhenBothAreRequired() {
            assertThat(families("ipFamilyPolicy: RequireDualStack, clusterIPs: [10.96.0.1, 'fd00::1']"))
                    .isEqualTo(new Families.Both());
        }

        @Test
        void arePreferredInTheOrderOfIpFamilies() {
            assertThat(families("ipFamilyPolicy: PreferDualStack, clusterIPs: [10.96.0.1, 'fd00::1'],"
                            + " ipFamilies: [IPv6, IPv4]"))
                    .isEqualTo(new Families.PreferBoth(Family.IPV6));
        }

        @Test
        void areOneWhereTheClusterGaveOnlyOne() {
            assertThat(families("ipFamilyPolicy: PreferDualStack, clusterIPs: [10.96.0.1]"))
                    .isEqualTo(new Families.One(Family.IPV4));
        }
    }

    @Nested
    class Wishes {

        @Test
        void forAPool() {
            assertThat(wish("", "metallb.io/address-pool: team-a-ips")).isEqualTo(new Wish.FromPool("team-a-ips"));
        }

        @Test
        void forAnAddressInTheSpec() {
            assertThat(wish("loadBalancerIP: 10.0.1.5", "")).isEqualTo(new Wish.Exactly(List.of(address("10.0.1.5"))));
        }

        @Test
        void forAddressesInTheAnnotation() {
            assertThat(wish("", "metallb.io/loadBalancerIPs: '10.0.1.5, 2001:db8::5'"))
                    .isEqualTo(new Wish.Exactly(List.of(address("10.0.1.5"), address("2001:db8::5"))));
        }

        @Test
        void forAnAddressThatMustBeOfAPool() {
            assertThat(wish("", "metallb.io/loadBalancerIPs: 10.0.1.5, metallb.io/address-pool: p"))
                    .isEqualTo(new Wish.ExactlyFromPool(List.of(address("10.0.1.5")), "p"));
        }

        @Test
        void inTheFormerPrefixCountUnlessThePresentOneIsThere() {
            assertThat(wish("", "metallb.universe.tf/address-pool: old")).isEqualTo(new Wish.FromPool("old"));
            assertThat(wish("", "metallb.universe.tf/address-pool: old, metallb.io/address-pool: new"))
                    .isEqualTo(new Wish.FromPool("new"));
        }

        @Test
        void inTwoPlacesContradictEachOther() {
            assertThat(problem("loadBalancerIP: 10.0.1.5", "metallb.io/loadBalancerIPs: 10.0.1.6"))
                    .isEqualTo("annotation metallb.io/loadBalancerIPs '10.0.1.6' and spec.loadBalancerIP '10.0.1.5'"
                            + " are both set; keep one of them");
        }

        @Test
        void thatAreNoAddressesAreNamed() {
            assertThat(problem("loadBalancerIP: web.example", ""))
                    .isEqualTo("spec.loadBalancerIP: 'web.example' is not an IP address");
            assertThat(problem("", "metallb.io/loadBalancerIPs: '10.0.1.5,'"))
                    .isEqualTo("annotation metallb.io/loadBalancerIPs: '' is not an IP address");
            assertThat(problem("", "metallb.io/loadBalancerIPs: 10.0.1.05")).contains("'10.0.1.05'");
        }

        @Test
        void thatCannotBeReadLeaveTheRestOfTheRequestUnderstood() {
            Asked asked = asked("loadBalancerIP: web.example, clusterIP: 'fd00::1'", "labels: {app: web}");

            Request rest = asked.understood().orElseThrow();
            assertThat(rest.wish()).isEqualTo(new Wish.Any());
            assertThat(rest.families()).isEqualTo(new Families.One(Family.IPV6));
            assertThat(rest.serviceLabels()).containsEntry("app", "web");
        }
    }

    @Nested
    class SharingAnAddress {

        private Sharing sharing(String spec, String annotations) {
            return wanted(spec, "annotations: {" + annotations + "}").sharing();
        }

        @Test
        void saysWhichPortsAndWhichPods() {
            assertThat(sharing(
                            "selector: {b: '2', a: '1'}, ports: [{port: 80}, {port: 53, protocol: UDP}]",
                            "metallb.io/allow-shared-ip: key"))
                    .isEqualTo(new Sharing.Keyed(
                            "key",
                            Set.of(new Port("TCP", 80), new Port("UDP", 53)),
                            new Backend.AnyNode("{a=1, b=2}"),
                            Reach.NAMESPACE));
        }

        @Test
        void withLocalTrafficDependsOnThePods() {
            assertThat(sharing("externalTrafficPolicy: Local, selector: {a: '1'}", "metallb.io/allow-shared-ip: key"))
                    .extracting(sharing -> ((Sharing.Keyed) sharing).backend())
                    .isEqualTo(new Backend.LocalPods("{a=1}"));
        }

        @Test
        void acrossNamespacesIsAskedForByItsOwnAnnotation() {
            assertThat(sharing("", "metallb.io/allow-shared-ip: key, berth.io/share-across-namespaces: 'true'"))
                    .extracting(sharing -> ((Sharing.Keyed) sharing).reach())
                    .isEqualTo(Reach.CLUSTER);
        }

        @Test
        void acrossNamespacesIsNotGuessed() {
            String annotations = "metallb.io/allow-shared-ip: key, berth.io/share-across-namespaces: 'yes'";

            assertThat(problem("", annotations))
                    .isEqualTo("annotation berth.io/share-across-namespaces must be \"true\" or \"false\", got 'yes'");
            Request rest =
                    asked("", "annotations: {" + annotations + "}").understood().orElseThrow();
            assertThat(((Sharing.Keyed) rest.sharing()).reach()).isEqualTo(Reach.UNREADABLE);
        }
    }
}
