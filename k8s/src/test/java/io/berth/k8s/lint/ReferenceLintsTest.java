package io.berth.k8s.lint;

import static io.berth.k8s.allocation.Given.ADVERTISEMENT;
import static io.berth.k8s.allocation.Given.pool;
import static io.berth.k8s.allocation.Given.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.allocation.Given;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.cluster.Configuration;
import io.berth.k8s.resource.Secret;
import io.berth.k8s.resource.Warning;
import io.berth.k8s.resource.Warning.Reason;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceLintsTest {

    private static final String GOLD = pool("gold-ips", "10.0.1.0/28", "");

    private static final String SECRET = """
        apiVersion: v1
        kind: Secret
        metadata: {namespace: metallb-system, name: tor}
        stringData: {password: s3cret}
        """;

    private static String advertisement(String spec) {
        return ADVERTISEMENT + "spec: {" + spec + "}\n";
    }

    private static String peer(String more) {
        return """
            apiVersion: metallb.io/v1beta2
            kind: BGPPeer
            metadata: {namespace: metallb-system, name: tor-1}
            spec: {myASN: 64512, peerASN: 64513, peerAddress: 192.0.2.1%s}
            """.formatted(more.isEmpty() ? "" : ", " + more);
    }

    @Test
    void aPoolThatNobodyAnnouncesIsReported() {
        assertThat(Found.one(Reason.POOL_NOT_ADVERTISED, GOLD))
                .isEqualTo("IPAddressPool/gold-ips: no BGPAdvertisement selects the pool: its addresses are given but"
                        + " never announced; name it in the spec.ipAddressPools of one, or add one");
        assertThat(Found.of(Reason.POOL_NOT_ADVERTISED, GOLD, advertisement("ipAddressPools: [silver-ips]")))
                .hasSize(1);
    }

    @Test
    void aPoolThatIsChosenByNameByLabelOrByDefaultIsAnnounced() {
        String labelled = GOLD.replace("name: gold-ips", "name: gold-ips, labels: {tier: gold}");

        assertThat(Found.of(Reason.POOL_NOT_ADVERTISED, GOLD, ADVERTISEMENT)).isEmpty();
        assertThat(Found.of(Reason.POOL_NOT_ADVERTISED, GOLD, advertisement("ipAddressPools: [gold-ips]")))
                .isEmpty();
        assertThat(Found.of(
                        Reason.POOL_NOT_ADVERTISED,
                        labelled,
                        advertisement("ipAddressPoolSelectors: [{matchLabels: {tier: gold}}]")))
                .isEmpty();
    }

    @Test
    void aPoolThatIsNotThereSuggestsTheNearest() {
        assertThat(Found.one(Reason.POOL_NOT_FOUND, GOLD, advertisement("ipAddressPools: [gold-ip]")))
                .isEqualTo("BGPAdvertisement/everything: spec.ipAddressPools: pool gold-ip does not exist (did you mean"
                        + " gold-ips?); correct the name or create it");
    }

    @Test
    void aPoolThatAFenceNamesAndThatIsNotThereSuggestsTheNearest() {
        assertThat(Found.of(Reason.POOL_NOT_FOUND, GOLD, Found.fenced("team-a", "", "gold-ips, god-ips, x")))
                .containsExactly(
                        "Namespace/team-a: annotation berth.io/pools: pool god-ips does not exist (did you mean"
                                + " gold-ips?); correct the name or create it",
                        "Namespace/team-a: annotation berth.io/pools: pool x does not exist; correct the name or create"
                                + " it");
    }

    @Test
    void aPoolThatAServiceAsksForAndThatIsNotThereSuggestsTheNearest() {
        String asking = service("team-a/web", "", "annotations: {metallb.io/address-pool: gold-ip}", "");

        assertThat(Found.one(Reason.POOL_NOT_FOUND, GOLD, asking))
                .isEqualTo(
                        "Service/team-a/web: annotation metallb.io/address-pool: pool gold-ip does not exist (did you"
                                + " mean gold-ips?); correct the name or remove the annotation");
        assertThat(Found.of(Reason.POOL_NOT_FOUND, GOLD, asking.replace("metallb.io", "metallb.universe.tf")))
                .hasSize(1);
        assertThat(Found.of(Reason.POOL_NOT_FOUND, GOLD, asking.replace("LoadBalancer", "ClusterIP")))
                .isEmpty();
        assertThat(Found.of(
                        Reason.POOL_NOT_FOUND,
                        GOLD,
                        asking.replace(
                                "type: LoadBalancer", "type: LoadBalancer, loadBalancerClass: example.com/other")))
                .isEmpty();
        assertThat(Found.of(Reason.POOL_NOT_FOUND, GOLD, asking.replace("gold-ip", "gold-ips")))
                .isEmpty();
    }

    @Test
    void aPoolThatOverlapsIsThereAlthoughItIsNotInUse() {
        assertThat(Found.of(
                        Reason.POOL_NOT_FOUND,
                        GOLD,
                        pool("silver-ips", "10.0.1.8/29", ""),
                        advertisement("ipAddressPools: [silver-ips]")))
                .isEmpty();
    }

    @Test
    void aPeerThatIsNotThereSuggestsTheNearest() {
        assertThat(Found.one(Reason.PEER_NOT_FOUND, peer(""), advertisement("peers: [tor-1, tor-2]")))
                .isEqualTo("BGPAdvertisement/everything: spec.peers: peer tor-2 does not exist (did you mean tor-1?);"
                        + " correct the name or create it");
    }

    @Test
    void anAliasThatNoCommunityDeclaresIsReported() {
        String names = """
            apiVersion: metallb.io/v1beta1
            kind: Community
            metadata: {name: names}
            spec: {communities: [{name: gold, value: '64512:1'}]}
            """;

        assertThat(Found.one(
                        Reason.COMMUNITY_NOT_FOUND,
                        names,
                        advertisement("communities: [gold, golf, no-export, '1:2', 'large:1:2:3']")))
                .isEqualTo("BGPAdvertisement/everything: spec.communities: community alias golf does not exist (did you"
                        + " mean gold?); correct the name or declare it in a Community");
    }

    @Test
    void aBfdProfileThatIsNotThereIsReported() {
        String profile = "apiVersion: metallb.io/v1beta1\nkind: BFDProfile\nmetadata: {name: fast}\n";

        assertThat(Found.one(Reason.BFD_PROFILE_NOT_FOUND, peer("bfdProfile: fast")))
                .isEqualTo("BGPPeer/tor-1: spec.bfdProfile: BFDProfile fast does not exist; correct the name or create"
                        + " it");
        assertThat(Found.of(Reason.BFD_PROFILE_NOT_FOUND, profile, peer("bfdProfile: fast")))
                .isEmpty();
    }

    @Test
    void aSecretMustBeThereInItsNamespaceAndHaveAPassword() {
        String peer = peer("passwordSecret: {name: tor}");

        assertThat(Found.of(Reason.SECRET_NOT_FOUND, peer, SECRET)).isEmpty();
        assertThat(Found.one(Reason.SECRET_NOT_FOUND, peer))
                .isEqualTo(
                        "BGPPeer/tor-1: spec.passwordSecret: Secret metallb-system/tor does not exist; create it with a"
                                + " key 'password': the session stays down until then");
        assertThat(Found.of(Reason.SECRET_NOT_FOUND, peer, SECRET.replace("metallb-system", "other")))
                .hasSize(1);
        assertThat(Found.one(Reason.SECRET_NOT_FOUND, peer, SECRET.replace("name: tor", "name: tor1")))
                .contains("Secret metallb-system/tor does not exist (did you mean tor1?);");
        assertThat(Found.one(Reason.SECRET_NOT_FOUND, peer, SECRET.replace("password:", "username:")))
                .isEqualTo(
                        "BGPPeer/tor-1: spec.passwordSecret: Secret metallb-system/tor has no key 'password'; add it:"
                                + " the session stays down until then");
    }

    @Test
    void whoReadsNoSecretsDoesNotSayThatOneIsMissing() {
        ClusterState state = Given.world(peer("passwordSecret: {name: tor}"));

        assertThat(Lints.of(state.hiding(Set.of(Secret.class)), Configuration.of(state), ""))
                .isEmpty();
        assertThat(Lints.of(state, Configuration.of(state), ""))
                .extracting(Warning::reason)
                .containsExactly(Reason.SECRET_NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vrf: red",
                "localASN: 64999",
                "bfdProfile: fast",
                "enableGracefulRestart: true",
                "holdTime: 90s, keepaliveTime: 1s"
            })
    void anOptionOfAPeerThatIsNotServedIsReportedOnThePeer(String option) {
        String field = option.replaceFirst("^.*?, ", "").replaceFirst(":.*", "");

        assertThat(Found.one(Reason.UNSUPPORTED_KIND, peer(option)))
                .startsWith("BGPPeer/tor-1: spec." + field + " is not served by this version of Berth");
    }

    @Test
    void aPeerWithoutSuchOptionsIsFine() {
        assertThat(Found.in(peer("holdTime: 9s, ebgpMultiHop: true, dualStackAddressFamily: true")))
                .isEmpty();
    }
}
