package io.berth.testenv.e2e;

import static io.berth.testenv.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.testenv.kube.Workload;
import java.time.ZonedDateTime;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A controller and a speaker on a real API server, and what the router believes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubernetesIT {

    private static final String TEAM = "team-a";
    private static final String EXCLUDED = "node.kubernetes.io/exclude-from-external-load-balancers";

    private final KubeSite site = KubeSite.start();

    @BeforeAll
    void berthIsAtWork() {
        site.namespace(TEAM);
        site.apply(Manifest.together(Manifest.POOL, Manifest.ADVERTISEMENT));
        var controller = site.controller();
        site.speaker();
        controller.awaitLine("it leads", line -> line.contains("leading"));
    }

    @AfterAll
    void close() {
        site.close();
    }

    private String served(String service) {
        site.service(TEAM, service);
        String address = site.awaitAddress(TEAM, service);
        site.awaitRoute(address);
        return address;
    }

    @Test
    void aServiceGetsAnAddressAndARouteAndLosesBothWhenItGoes() {
        String address = served("web");

        site.delete(TEAM, "web");

        site.awaitNoRoute(address);
        site.service(TEAM, "next");
        assertThat(site.awaitAddress(TEAM, "next")).startsWith("198.51.100.");
    }

    @Test
    void theRouteGoesWithTheLastEndpointAndComesBackWithIt() {
        String address = served("ready");

        site.apply(KubeSite.endpoint(TEAM, "ready", false));
        site.awaitNoRoute(address);

        site.apply(KubeSite.endpoint(TEAM, "ready", true));
        site.awaitRoute(address);
        assertThat(site.addresses(TEAM, "ready")).containsExactly(address);
    }

    @Test
    void aServiceThatIsNoLoadBalancerAnyMoreGivesItsAddressBack() {
        String address = served("inward");

        site.apply(KubeSite.service(TEAM, "inward", "").replace("LoadBalancer", "ClusterIP"));

        site.awaitNoAddress(TEAM, "inward");
        site.awaitNoRoute(address);
        var service =
                site.client().services().inNamespace(TEAM).withName("inward").get();
        assertThat(service.getMetadata().getAnnotations()).doesNotContainKey("metallb.io/ip-allocated-from-pool");
    }

    @Test
    void whatHappensIsToldOnceWhereItsOwnerLooks() {
        served("told");

        eventually(() -> assertThat(site.told(TEAM, "told")).isEqualTo(Map.of("IPAllocated", 1, "nodeAssigned", 1)));
        assertThat(site.kubectl("describe", "service", "told", "--namespace", TEAM))
                .containsPattern("Normal IPAllocated .* berth-controller .*team-a-ips")
                .containsPattern(
                        "Normal nodeAssigned .* berth-speaker announcing from node \"node-a\" with protocol \"bgp\"");
    }

    @Test
    void withTheLocalPolicyANodeWithoutEndpointsDoesNotAnnounce() {
        site.node("node-b", Map.of());
        site.apply(Manifest.together(
                KubeSite.service(TEAM, "local", ", externalTrafficPolicy: Local"),
                Workload.endpoint(TEAM, "local", "node-b", true)));
        String address = site.awaitAddress(TEAM, "local");
        served("beside");
        assertThat(site.prefixes()).doesNotContain(address + "/32");

        site.apply(KubeSite.endpoint(TEAM, "local", true));

        site.awaitRoute(address);
    }

    @Test
    void aNodeThatIsExcludedFromLoadBalancingAnnouncesNothingUntilItIsNot() {
        String address = served("excluding");

        site.node(KubeSite.NODE, Map.of(EXCLUDED, ""));
        eventually(() -> assertThat(site.prefixes()).isEmpty());

        site.node(KubeSite.NODE, Map.of());
        site.awaitRoute(address);
    }

    @Test
    void aPoolThatCannotBeUsedKeepsNobodyFromTheOthers() {
        site.apply(pool("second", "198.51.100.8-198.51.100.79"));
        site.awaitReady("ipaddresspool/second", "False", "Overlapping");

        served("meanwhile");
        site.awaitReady("ipaddresspool/team-a-ips", "True", "Valid");

        site.apply(pool("second", "198.51.100.64-198.51.100.79"));
        site.awaitReady("ipaddresspool/second", "True", "Valid");
        site.kubectl("delete", "ipaddresspool", "second", "--namespace", KubeSite.NAMESPACE);
    }

    private static String pool(String name, String addresses) {
        return """
            apiVersion: metallb.io/v1beta1
            kind: IPAddressPool
            metadata: {name: %s, namespace: metallb-system}
            spec: {addresses: [%s], autoAssign: false}
            """.formatted(name, addresses);
    }

    @Test
    void aServiceThatNoPoolAdmitsIsServedOnceOneDoes() {
        site.namespace("team-late");
        site.service("team-late", "web");
        eventually(() -> assertThat(site.told("team-late", "web")).containsKey("AllocationFailed"));

        site.apply("""
            apiVersion: metallb.io/v1beta1
            kind: IPAddressPool
            metadata: {name: late, namespace: metallb-system}
            spec:
              addresses: [198.51.100.32/28]
              serviceAllocation: {namespaceSelectors: [{matchLabels: {team: late}}]}
            """);
        site.awaitReady("ipaddresspool/late", "True", "Valid");
        assertThat(site.addresses("team-late", "web")).isEmpty();

        site.apply("{apiVersion: v1, kind: Namespace, metadata: {name: team-late, labels: {team: late}}}");
        site.awaitRoute(site.awaitAddress("team-late", "web"));
    }

    @Test
    void aPeerWhosePasswordComesLaterIsDialledThen() {
        site.apply("""
            apiVersion: metallb.io/v1beta2
            kind: BGPPeer
            metadata: {name: guarded, namespace: metallb-system}
            spec:
              myASN: 64512
              peerASN: 64514
              peerAddress: 127.0.0.9
              peerPort: 1799
              passwordSecret: {name: guarded, namespace: metallb-system}
            """);
        String session = "bgpsession/node-a.guarded";
        eventually(() -> assertThat(site.field(session, ".status.reason")).contains("metallb-system/guarded"));
        assertThat(site.field(session, ".status.state")).isEqualTo("Idle");

        site.apply("""
            apiVersion: v1
            kind: Secret
            type: kubernetes.io/basic-auth
            metadata: {name: guarded, namespace: metallb-system}
            stringData: {username: "", password: sesame}
            """);

        // Nobody is there, and the kernel passes over an answer that is not signed.
        eventually(() -> assertThat(site.field(session, ".status.reason")).startsWith("no TCP connection"));
        site.kubectl("delete", "bgppeer", "guarded", "--namespace", KubeSite.NAMESPACE);
        eventually(() -> assertThat(site.kubectl("get", "bgpsessions", "--namespace", KubeSite.NAMESPACE))
                .doesNotContain("guarded"));
    }

    @Test
    void nothingIsWrittenWhenNothingChanges() {
        served("still");
        eventually(() -> assertThat(site.told(TEAM, "still")).containsKeys("IPAllocated", "nodeAssigned"));
        eventually(() -> assertThat(site.field("servicebgpstatus/bgp-node-a.team-a.still", ".status.peers"))
                .contains("tor-1"));
        // Statuses follow within two looks of a second each; the renewals of the Lease are the clock.
        awaitRenewals(3);
        long before = site.writes();
        assertThat(before).isPositive();

        awaitRenewals(3);

        assertThat(site.writes()).as("berth said: %s", site.said()).isEqualTo(before);
    }

    @Test
    void aPeerThatIsAwayIsDialledAgainWithoutAWrite() {
        site.apply("""
            apiVersion: metallb.io/v1beta2
            kind: BGPPeer
            metadata: {name: away, namespace: metallb-system}
            spec: {myASN: 64512, peerASN: 64516, peerAddress: 127.0.0.10, peerPort: 1799}
            """);
        eventually(() -> assertThat(site.field("bgpsession/node-a.away", ".status.reason"))
                .startsWith("no TCP connection"));
        assertThat(site.field("bgpsession/node-a.away", ".status.state")).isEqualTo("Active");
        site.awaitReady("bgppeer/away", "True", "Valid");
        awaitRenewals(3);
        long before = site.writes();

        awaitRenewals(5);

        assertThat(site.writes()).as("berth said: %s", site.said()).isEqualTo(before);
        site.kubectl("delete", "bgppeer", "away", "--namespace", KubeSite.NAMESPACE);
    }

    private void awaitRenewals(int times) {
        for (int renewal = 0; renewal < times; renewal++) {
            ZonedDateTime last = renewed();
            eventually(() -> assertThat(renewed()).isAfter(last));
        }
    }

    private ZonedDateTime renewed() {
        return site.client()
                .leases()
                .inNamespace(KubeSite.NAMESPACE)
                .withName("berth-controller")
                .get()
                .getSpec()
                .getRenewTime();
    }
}
