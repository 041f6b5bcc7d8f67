package io.berth.testenv.e2e;

import static io.berth.testenv.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.testenv.BerthProcess;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What an operator reads with kubectl of a controller and a speaker at work. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubeStatusesIT {

    private static final String TEAM = "team-a";

    private final KubeSite site = KubeSite.start();
    private BerthProcess controller;
    private BerthProcess speaker;

    @BeforeAll
    void twoServicesAreServed() {
        site.namespace(TEAM);
        site.apply(Manifest.together(Manifest.POOL, Manifest.ADVERTISEMENT));
        controller = site.controller();
        speaker = site.speaker();
        site.service(TEAM, "web");
        site.service(TEAM, "api");
        site.awaitRoute(site.awaitAddress(TEAM, "web"));
        site.awaitRoute(site.awaitAddress(TEAM, "api"));
    }

    @AfterAll
    void close() {
        site.close();
    }

    private String table(String... words) {
        String[] all = new String[words.length + 3];
        all[0] = "get";
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "--namespace";
        all[words.length + 2] = KubeSite.NAMESPACE;
        return site.kubectl(all);
    }

    @Test
    void aPoolSaysHowMuchOfItIsUsedAndWhetherItIsReady() {
        eventually(() -> assertThat(table("ipaddresspools"))
                .startsWith("NAME AUTO ASSIGN AVOID BUGGY IPS ADDRESSES PRIORITY USED V4 FREE V4 USED V6 FREE V6 READY")
                .contains("team-a-ips true false [\"198.51.100.0/28\"] 50 2 14 0 0 True"));
        assertThat(table("ipaddresspools", "--output", "wide")).contains("True Valid 0");
    }

    @Test
    void aServiceThatItsPoolAdmitsNoLongerIsCountedThere() {
        site.apply(Manifest.POOL.replace("team-a]", "team-b]"));
        site.awaitField("ipaddresspool/team-a-ips", ".status.outOfScope", "2");
        assertThat(site.addresses(TEAM, "web")).hasSize(1);
        assertThat(site.field("ipaddresspool/team-a-ips", ".status.assignedIPv4"))
                .isEqualTo("2");

        site.apply(Manifest.POOL);
        site.awaitField("ipaddresspool/team-a-ips", ".status.outOfScope", "0");
    }

    @Test
    void theSessionOfANodeWithAPeerIsAnObjectThatGoesWithTheNode() {
        eventually(() -> assertThat(table("bgpsessions"))
                .startsWith("NAME NODE PEER REMOTE STATE ANNOUNCED V4 ANNOUNCED V6 SINCE REASON")
                .contains("node-a.tor-1 node-a tor-1 "
                        + site.router().own().ipv4().getHostAddress() + ":179 Established 2 0"));
        assertThat(table("bgpsessions", "--selector", "berth.io/node=node-a,berth.io/peer=tor-1"))
                .contains("node-a.tor-1");
        assertThat(site.field("bgpsession/node-a.tor-1", ".metadata.ownerReferences[0].kind"))
                .isEqualTo("Node");
    }

    @Test
    void whichPeersAServiceIsAnnouncedToIsAnObjectOfItsOwn() {
        site.awaitField("servicebgpstatus/bgp-node-a.team-a.web", ".status.peers", "[\"tor-1\"]");
        assertThat(site.field("servicebgpstatus/bgp-node-a.team-a.web", ".status.node"))
                .isEqualTo("node-a");

        site.apply(KubeSite.endpoint(TEAM, "web", false));
        eventually(() -> assertThat(table("servicebgpstatuses")).doesNotContain("team-a.web"));

        site.apply(KubeSite.endpoint(TEAM, "web", true));
        site.awaitField("servicebgpstatus/bgp-node-a.team-a.web", ".status.peers", "[\"tor-1\"]");
    }

    @Test
    void aSpeakerThatStartsAgainTellsOwnersOnlyWhatIsNew() {
        eventually(() -> assertThat(site.told(TEAM, "web")).containsEntry("nodeAssigned", 1));
        site.awaitField("servicebgpstatus/bgp-node-a.team-a.api", ".status.peers", "[\"tor-1\"]");

        assertThat(speaker.terminate()).isZero();
        site.service(TEAM, "new");
        speaker = site.speaker();

        // Events are written one after the other, those of the first picture of the world in the order of the services'
        // names.
        eventually(() -> assertThat(site.told(TEAM, "new")).containsEntry("nodeAssigned", 1));
        site.service(TEAM, "newer");
        eventually(() -> assertThat(site.told(TEAM, "newer")).containsEntry("nodeAssigned", 1));
        assertThat(site.told(TEAM, "web")).containsEntry("nodeAssigned", 1);
        assertThat(site.told(TEAM, "api")).containsEntry("nodeAssigned", 1);

        site.delete(TEAM, "new");
        site.delete(TEAM, "newer");
        site.awaitField("ipaddresspool/team-a-ips", ".status.assignedIPv4", "2");
    }

    @Test
    void aSpeakerThatIsStoppedLeavesNoSessionBehindThatSeemsToBeUp() {
        String session = "bgpsession/node-a.tor-1";
        site.awaitField(session, ".status.state", "Established");

        assertThat(speaker.terminate()).isZero();
        assertThat(site.field(session, ".status.state")).isEqualTo("Idle");
        assertThat(site.field(session, ".status.reason")).isEqualTo("shut down");
        assertThat(table("servicebgpstatuses")).contains("team-a.web");

        speaker = site.speaker();
        site.awaitField(session, ".status.state", "Established");
    }

    @Test
    void aControllerThatStartsAgainCountsOnWhatItTells() {
        site.namespace("team-none");
        site.service("team-none", "web");
        eventually(() -> assertThat(failures()).containsExactly(1));

        assertThat(controller.terminate()).isZero();
        controller = site.controller();

        eventually(() -> assertThat(failures()).containsExactly(2));
        site.delete("team-none", "web");
    }

    private List<Integer> failures() {
        return site.client().v1().events().inNamespace("team-none").list().getItems().stream()
                .filter(event -> event.getReason().equals("AllocationFailed"))
                .map(Event::getCount)
                .toList();
    }

    @Test
    void aPoolThatIsMadeAnewAtOnceHasAStatusAgain() {
        String spare = """
            apiVersion: metallb.io/v1beta1
            kind: IPAddressPool
            metadata: {name: spare, namespace: metallb-system}
            spec: {addresses: [203.0.113.0/28], autoAssign: false}
            """;
        site.apply(spare);
        site.awaitReady("ipaddresspool/spare", "True", "Valid");
        // Objects know their age in whole seconds.
        Instant made = Instant.parse(site.field("ipaddresspool/spare", ".metadata.creationTimestamp"));
        eventually(() -> assertThat(Instant.now()).isAfter(made.plusSeconds(1)));

        site.kubectl("delete", "ipaddresspool", "spare", "--namespace", KubeSite.NAMESPACE);
        site.apply(spare);

        site.awaitReady("ipaddresspool/spare", "True", "Valid");
        site.kubectl("delete", "ipaddresspool", "spare", "--namespace", KubeSite.NAMESPACE);
    }

    @Test
    void eachProcessSaysWhatItMakesOfTheConfiguration() {
        site.awaitField("configurationstate/controller", ".status.result", "Valid");
        site.awaitField("configurationstate/speaker-node-a", ".status.result", "Valid");

        site.apply("""
            apiVersion: metallb.io/v1beta1
            kind: IPAddressPool
            metadata: {name: second, namespace: metallb-system}
            spec: {addresses: [198.51.100.8/29]}
            """);
        site.awaitField("configurationstate/controller", ".status.result", "Invalid");
        assertThat(site.field("configurationstate/controller", ".status.errorSummary"))
                .contains("IPAddressPool/second");

        site.kubectl("delete", "ipaddresspool", "second", "--namespace", KubeSite.NAMESPACE);
        site.awaitField("configurationstate/controller", ".status.result", "Valid");
    }

    @Test
    void whatAPeerAsksForAndDoesNotGetIsSaidOnThePeer() {
        site.apply("""
            apiVersion: metallb.io/v1beta2
            kind: BGPPeer
            metadata: {name: fast, namespace: metallb-system}
            spec: {myASN: 64512, peerASN: 64515, peerAddress: 127.0.0.8, peerPort: 1799, bfdProfile: fast}
            """);

        site.awaitReady("bgppeer/fast", "True", "NotServed");
        assertThat(site.field("bgppeer/fast", ".status.conditions[0].message")).contains("bfdProfile");
        site.awaitReady("bgppeer/tor-1", "True", "Valid");

        site.kubectl("delete", "bgppeer", "fast", "--namespace", KubeSite.NAMESPACE);
    }
}
