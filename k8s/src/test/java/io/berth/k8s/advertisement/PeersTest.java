package io.berth.k8s.advertisement;

import static io.berth.k8s.advertisement.World.NODE;
import static io.berth.k8s.advertisement.World.PEER;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.bgp.Asn;
import io.berth.bgp.BgpIdentifier;
import io.berth.bgp.HoldTime;
import io.berth.bgp.PeerConfig;
import io.berth.bgp.PeerConfig.Connect;
import io.berth.bgp.PeerConfig.Local;
import io.berth.bgp.PeerConfig.PeerAs;
import io.berth.bgp.PeerConfig.Reach;
import io.berth.bgp.PeerConfig.Transport;
import io.berth.bgp.message.Family;
import io.berth.k8s.advertisement.Peers.Own;
import io.berth.k8s.advertisement.Peers.Unserved;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which sessions a node has. */
class PeersTest {

    private static final BgpIdentifier OURS = BgpIdentifier.parse("192.0.2.100");

    private static final String SECRET = """
        apiVersion: v1
        kind: Secret
        metadata: {namespace: metallb-system, name: tor-password}
        type: kubernetes.io/basic-auth
        stringData: {password: s3cret}
        """;

    private static final String WITH_SECRET = PEER.replace("metadata: {", "metadata: {namespace: metallb-system, ")
            .replace("peerASN:", "passwordSecret: {name: tor-password}, peerASN:");

    @Test
    void plainPeerGetsTheDefaults() {
        assertThat(peers(PEER).served())
                .containsExactly(new PeerConfig(
                        "tor",
                        new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 179),
                        new Local(new Asn(64512), OURS, HoldTime.DEFAULT, Set.of(Family.IPV4_UNICAST)),
                        new PeerAs.Exactly(new Asn(64513)),
                        Connect.DIAL,
                        Transport.DEFAULT));
    }

    @Test
    void everyFieldHasItsPlace() {
        String full = PEER.replace(
                "peerAddress: 192.0.2.1",
                "peerAddress: '2001:db8:ffff::1', peerPort: 1790, sourceAddress: '2001:db8:ffff::2', "
                        + "routerID: 10.0.0.1, holdTime: 9s, connectTime: 5s, password: s3cret, ebgpMultiHop: true");

        assertThat(peers(full).served())
                .containsExactly(new PeerConfig(
                        "tor",
                        new InetSocketAddress(InetAddress.ofLiteral("2001:db8:ffff::1"), 1790),
                        new Local(
                                new Asn(64512),
                                BgpIdentifier.parse("10.0.0.1"),
                                new HoldTime(9),
                                Set.of(Family.IPV6_UNICAST)),
                        new PeerAs.Exactly(new Asn(64513)),
                        Connect.DIAL,
                        new Transport(
                                InetAddress.ofLiteral("2001:db8:ffff::2"),
                                new Reach.Anywhere(),
                                "s3cret",
                                Duration.ofSeconds(5))));
    }

    @Test
    void peerThatAsksForBothFamiliesGetsBoth() {
        assertThat(peers(PEER.replace("peerASN:", "dualStackAddressFamily: true, peerASN:"))
                        .served())
                .singleElement()
                .satisfies(peer -> assertThat(peer.local().families())
                        .containsExactlyInAnyOrder(Family.IPV4_UNICAST, Family.IPV6_UNICAST));
    }

    @Test
    void peerOfOtherNodesIsNotOurs() {
        Peers peers = peers(NODE, PEER.replace("peerASN:", "nodeSelectors: [{matchLabels: {rack: r2}}], peerASN:"));

        assertThat(peers.served()).isEmpty();
        assertThat(peers.unserved()).isEmpty();
    }

    @Test
    void passwordIsTakenFromItsSecret() {
        assertThat(peers(WITH_SECRET, SECRET).served())
                .singleElement()
                .satisfies(peer -> assertThat(peer.transport().password()).isEqualTo("s3cret"));
    }

    @Test
    void peerWhosePasswordIsMissingStaysDownAndSaysWhy() {
        assertThat(peers(WITH_SECRET).served()).isEmpty();
        assertThat(peers(WITH_SECRET).unserved())
                .extracting(Unserved::reason)
                .containsExactly("its password is in Secret metallb-system/tor-password, which does not exist");
        assertThat(peers(WITH_SECRET, SECRET.replace("{password: s3cret}", "{}"))
                        .unserved())
                .extracting(Unserved::reason)
                .containsExactly("its password should be in Secret metallb-system/tor-password, which has no field "
                        + "'password'");
    }

    @Test
    void peerThatWouldBeAnotherOneWithoutItsOptionStaysDown() {
        assertThat(peers(PEER.replace("peerASN:", "vrf: red, peerASN:")).unserved())
                .extracting(Unserved::reason)
                .containsExactly("spec.vrf is not served by this version");
        assertThat(peers(PEER.replace("peerASN: 64513", "dynamicASN: external")).unserved())
                .extracting(Unserved::reason)
                .containsExactly("spec.dynamicASN is not served by this version");
    }

    @Test
    void sessionGoesOnWithoutAnOptionThatItCanDoWithout() {
        assertThat(peers(PEER.replace("peerASN:", "bfdProfile: fast, peerASN:")).served())
                .hasSize(1);
    }

    @Test
    void listeningSpeakerAnswersAsWellAsDials() {
        World world = World.of(PEER);

        assertThat(Peers.of(world.state(), world.state().nodes().getFirst(), new Own(_ -> OURS, Connect.BOTH))
                        .served())
                .extracting(PeerConfig::connect)
                .containsExactly(Connect.BOTH);
    }

    private static Peers peers(String... manifests) {
        World world = World.of(manifests);
        return Peers.of(world.state(), world.state().nodes().getFirst(), new Own(_ -> OURS, Connect.DIAL));
    }
}
