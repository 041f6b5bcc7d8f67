package io.berth.k8s.plan;

import static io.berth.k8s.allocation.Given.aged;
import static io.berth.k8s.allocation.Given.namespace;
import static io.berth.k8s.allocation.Given.pool;
import static io.berth.k8s.allocation.Given.service;
import static io.berth.k8s.allocation.Given.world;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.allocator.Scope;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.resource.IPAddressPool;
import io.berth.k8s.resource.ObjectMeta;
import io.berth.k8s.resource.Resource;
import io.berth.k8s.resource.Secret;
import io.berth.k8s.resource.Service;
import io.berth.k8s.resource.Service.IpFamilyPolicy;
import io.berth.k8s.resource.Warning;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OverlayTest {

    private static Service applied(ClusterState today, String manifest) {
        return Overlay.of(today, world(manifest)).services().getFirst();
    }

    private static List<String> addresses(List<InetAddress> addresses) {
        return addresses.stream().map(InetAddress::getHostAddress).toList();
    }

    /** Those of the only namespace. */
    private static Map<String, String> labels(ClusterState state) {
        return state.namespaces().getFirst().meta().labels();
    }

    @Test
    void objectsTakeThePlaceOfTheirsOrComeAfterAllThatAreThere() {
        ClusterState today = world(pool("a", "10.0.1.0/28", ""), namespace("team-a", ""), pool("b", "10.0.2.0/28", ""));

        ClusterState tomorrow = Overlay.of(today, world(pool("c", "10.0.3.0/28", ""), namespace("team-a", "x: y")));

        assertThat(tomorrow.resources())
                .extracting(Resource::reference)
                .containsExactly("IPAddressPool/a", "Namespace/team-a", "IPAddressPool/b", "IPAddressPool/c");
        assertThat(labels(tomorrow)).containsOnlyKeys("x");
    }

    @Test
    void whatNobodyReadsTodayIsNotKnownToBeAbsentTomorrow() {
        ClusterState today = world(pool("a", "10.0.1.0/28", "")).hiding(Set.of(Secret.class));

        assertThat(Overlay.of(today, world(pool("b", "10.0.2.0/28", ""))).hidden())
                .containsExactly(Secret.class);
    }

    @Test
    void whatWasWarnedOfAnObjectThatIsReplacedIsForgotten() {
        ClusterState today = world(pool("a", "10.0.1.1/28", ""), pool("b", "10.0.2.1/28", ""));

        assertThat(Overlay.of(today, world(pool("a", "10.0.1.0/28", ""))).warnings())
                .extracting(Warning::object)
                .containsExactly("IPAddressPool/b");
    }

    @Test
    void aServiceKeepsItsStatusAndItsAgeWhateverItsManifestSays() {
        Service standing = applied(
                world(aged("team-a/web", 1, "10.0.1.3")
                        .replace("{namespace", "{annotations: {metallb.io/ip-allocated-from-pool: gold}, namespace")),
                aged("team-a/web", 9, "10.0.1.7")
                        .replace("type: LoadBalancer", "type: LoadBalancer, loadBalancerIP: 10.0.1.7"));

        assertThat(addresses(standing.ingress())).containsExactly("10.0.1.3");
        assertThat(standing.allocatedFromPool()).isEqualTo("gold");
        assertThat(standing.meta().creationTimestamp()).isEqualTo(Instant.parse("2026-01-01T00:01:00Z"));
        assertThat(standing.loadBalancerIp()).isEqualTo("10.0.1.7");
    }

    @Test
    void aNewServiceHasNoStatusYetAndIsTheYoungest() {
        Service created = applied(ClusterState.EMPTY, aged("team-a/web", 1, "10.0.1.3"));

        assertThat(created.ingress()).isEmpty();
        assertThat(created.meta().creationTimestamp()).isEqualTo(ObjectMeta.AGELESS);
    }

    @Test
    void aServiceKeepsItsClusterIpsUnlessItsManifestNamesOthersOrAsksForOtherFamilies() {
        ClusterState today = world(service("team-a/web", "clusterIPs: ['2001:db8::1'], ipFamilies: [IPv6]"));

        assertThat(addresses(applied(today, service("team-a/web")).clusterIps()))
                .containsExactly("2001:db8:0:0:0:0:0:1");
        assertThat(addresses(applied(today, service("team-a/web", "clusterIPs: [10.96.0.1]"))
                        .clusterIps()))
                .containsExactly("10.96.0.1");
        Service dual = applied(today, service("team-a/web", "ipFamilyPolicy: PreferDualStack"));
        assertThat(dual.clusterIps()).isEmpty();
        assertThat(dual.ipFamilyPolicy()).isEqualTo(IpFamilyPolicy.PREFER_DUAL_STACK);
        assertThat(dual.ipFamilies()).hasSize(1);
    }

    @Test
    void aNamespaceKeepsTheLabelThatTheApiServerGivesIt() {
        String own = Scope.NAMESPACE_NAME + ": team-a";
        ClusterState today = world(namespace("team-a", "stage: live, " + own));

        assertThat(labels(Overlay.of(today, world(namespace("team-a", "stage: test")))))
                .hasSize(2)
                .containsEntry("stage", "test")
                .containsEntry(Scope.NAMESPACE_NAME, "team-a");
    }

    @Test
    void aPoolKeepsWhatBerthNotedOnIt() {
        String noted = pool("gold", "10.0.1.0/28", "")
                .replace("{name", "{annotations: {" + IPAddressPool.TENURES_ANNOTATION + ": '[]'}, name");

        assertThat(Overlay.of(world(noted), world(pool("gold", "10.0.1.0/29", "")))
                        .pools()
                        .getFirst()
                        .meta()
                        .annotations())
                .containsOnlyKeys(IPAddressPool.TENURES_ANNOTATION);
    }
}
