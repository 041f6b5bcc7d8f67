package io.berth.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.bgp.PeerConfig.Connect;
import io.berth.bgp.PeerConfig.Local;
import io.berth.bgp.PeerConfig.PeerAs;
import io.berth.bgp.PeerConfig.Reach;
import io.berth.bgp.PeerConfig.Transport;
import io.berth.bgp.message.Community;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.PathAttribute.Communities;
import io.berth.bgp.message.PathAttribute.LocalPref;
import io.berth.bgp.message.PathAttribute.Path;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two speakers over loopback: what one is told to announce, the other hears. */
class SpeakerTest {

    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final Route ROUTE = Route.toAll(
            Prefix.parse("198.51.100.7/32"),
            RouteAttributes.DEFAULT.with(new Communities(List.of(Community.parse("64512:100")))));

    private final RecordedRib heard = new RecordedRib();
    private final RecordedRib said = new RecordedRib();
    private final Speaker collector = new Speaker(heard, new Random(1));
    private final Speaker speaker = new Speaker(said, new Random(2));
    private InetSocketAddress address = new InetSocketAddress(HERE, 0);

    @BeforeEach
    void listen() throws IOException {
        address = collector.listen(address);
    }

    @AfterEach
    void close() {
        speaker.close("test over");
        collector.close("test over");
    }

    @Test
    void routesReachAnExternalPeerWithOurAsInFront() {
        collector.accept(new DynamicPeers(local(64513, "10.0.0.2"), new PeerAs.Any()));
        speaker.setRoutes("me", Set.of(ROUTE));
        speaker.setPeers(Set.of(peer(64512, 64513, HoldTime.DEFAULT)));
        speaker.start();

        RecordedRib.Received received = heard.awaitRoute("198.51.100.7/32");

        assertThat(received.nextHop()).isEqualTo(HERE);
        assertThat(received.attribute(Path.class)).hasToString("Path[path=64512]");
        assertThat(received.attribute(Communities.class)).isEqualTo(new Communities(List.of(Community.of(64512, 100))));
        assertThat(received.has(LocalPref.class)).isFalse();
        heard.awaitEndOfRib(Family.IPV4_UNICAST);
    }

    @Test
    void routesReachAnInternalPeerWithLocalPrefAndAnEmptyPath() {
        collector.accept(new DynamicPeers(local(64512, "10.0.0.2"), new PeerAs.Any()));
        speaker.setRoutes("me", Set.of(ROUTE));
        speaker.setPeers(Set.of(peer(64512, 64512, HoldTime.DEFAULT)));
        speaker.start();

        RecordedRib.Received received = heard.awaitRoute("198.51.100.7/32");

        assertThat(received.attribute(Path.class)).hasToString("Path[path=]");
        assertThat(received.attribute(LocalPref.class)).isEqualTo(new LocalPref(100));
    }

    @Test
    void aRouteThatIsNoLongerWantedIsWithdrawn() {
        collector.accept(new DynamicPeers(local(64513, "10.0.0.2"), new PeerAs.Any()));
        speaker.setRoutes("me", Set.of(ROUTE));
        speaker.setPeers(Set.of(peer(64512, 64513, HoldTime.DEFAULT)));
        speaker.start();
        heard.awaitRoute("198.51.100.7/32");

        speaker.setRoutes("me", Set.of());

        heard.awaitNoRoute("198.51.100.7/32");
    }

    @Test
    void whatIsSetPrefixByPrefixComesAndGoesByItself() {
        collector.accept(new DynamicPeers(local(64513, "10.0.0.2"), new PeerAs.Any()));
        Prefix other = Prefix.parse("198.51.100.8/32");
        speaker.setPrefixes(
                Map.of(ROUTE.prefix(), Set.of(ROUTE), other, Set.of(Route.toAll(other, RouteAttributes.DEFAULT))));
        speaker.setPeers(Set.of(peer(64512, 64513, HoldTime.DEFAULT)));
        speaker.start();
        heard.awaitRoute("198.51.100.7/32");
        heard.awaitRoute("198.51.100.8/32");

        speaker.setPrefixes(Map.of(ROUTE.prefix(), Set.of()));

        heard.awaitNoRoute("198.51.100.7/32");
        heard.awaitRoute("198.51.100.8/32");
    }

    @Test
    void aRouteIsSetUnderItsOwnPrefixOnly() {
        assertThatThrownBy(() -> speaker.setPrefixes(Map.of(Prefix.parse("198.51.100.8/32"), Set.of(ROUTE))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a route of 198.51.100.7/32 is no route of 198.51.100.8/32");
    }

    @Test
    void aPeerOfAnotherAsThanConfiguredIsRefusedAndTheReasonSaysSo() {
        collector.accept(new DynamicPeers(local(64599, "10.0.0.2"), new PeerAs.Any()));
        speaker.setPeers(Set.of(peer(64512, 64513, HoldTime.DEFAULT)));
        speaker.start();

        said.awaitReason(
                "the peer says it is AS 64599, configured is AS 64513; we sent OPEN Message Error/Bad Peer AS (2/2)");
        heard.awaitReason("the peer closed the session: OPEN Message Error/Bad Peer AS (2/2)");
    }

    @Test
    void aClearedSessionComesBackWithItsRoutes() {
        collector.accept(new DynamicPeers(local(64513, "10.0.0.2"), new PeerAs.Any()));
        speaker.setRoutes("me", Set.of(ROUTE));
        speaker.setPeers(Set.of(peer(64512, 64513, HoldTime.DEFAULT)));
        speaker.start();
        heard.awaitRoute("198.51.100.7/32");

        speaker.clear("collector");

        heard.awaitReason("the peer closed the session: Cease/Administrative Reset (6/4)");
        heard.awaitRoute("198.51.100.7/32");
    }

    @Test
    void closingTellsThePeerWhy() {
        collector.accept(new DynamicPeers(local(64513, "10.0.0.2"), new PeerAs.Any()));
        speaker.setRoutes("me", Set.of(ROUTE));
        speaker.setPeers(Set.of(peer(64512, 64513, HoldTime.DEFAULT)));
        speaker.start();
        heard.awaitRoute("198.51.100.7/32");

        speaker.close("node drained");

        heard.awaitReason("the peer closed the session: Cease/Administrative Shutdown (6/2), saying \"node drained\"");
    }

    @Test
    void twoSpeakersThatDialEachOtherKeepOneSession() throws IOException {
        InetSocketAddress mine = speaker.listen(new InetSocketAddress(HERE, 0));
        collector.setPeers(Set.of(new PeerConfig(
                "speaker",
                mine,
                local(64513, "10.0.0.2"),
                new PeerAs.Exactly(new Asn(64512)),
                Connect.BOTH,
                Transport.DEFAULT)));
        speaker.setPeers(Set.of(new PeerConfig(
                "collector",
                address,
                local(64512, "10.0.0.1"),
                new PeerAs.Exactly(new Asn(64513)),
                Connect.BOTH,
                Transport.DEFAULT)));
        speaker.setRoutes("me", Set.of(ROUTE));

        speaker.start();
        collector.start();

        heard.awaitRoute("198.51.100.7/32");
        said.awaitState(SessionState.ESTABLISHED);
    }

    @Test
    void flushingCompletesOnceTcpHasTakenEverything() {
        collector.accept(new DynamicPeers(local(64513, "10.0.0.2"), new PeerAs.Any()));
        speaker.setPeers(Set.of(peer(64512, 64513, HoldTime.DEFAULT)));
        speaker.start();
        said.awaitState(SessionState.ESTABLISHED);
        speaker.setRoutes("me", Set.of(ROUTE));

        speaker.flush().join();

        assertThat(speaker.peers()).singleElement().satisfies(peer -> {
            assertThat(peer.announced()).containsEntry(Family.IPV4_UNICAST, 1);
            assertThat(peer.pending()).isZero();
        });
    }

    /** RFC 5082: what arrives on one host has the TTL that it was sent with. */
    @Test
    void neighboursWithTtlSecurityHearEachOther() {
        Transport near = Transport.DEFAULT.withReach(new Reach.Secured(1));
        collector.setPeers(Set.of(awaited(near)));
        collector.start();
        speaker.setPeers(Set.of(dialled(near)));
        speaker.start();

        said.awaitState(SessionState.ESTABLISHED);
    }

    @Test
    void whatComesFromFurtherAwayThanTtlSecurityAllowsIsNotHeard() {
        collector.setPeers(Set.of(awaited(Transport.DEFAULT.withReach(new Reach.Secured(1)))));
        collector.start();
        collector.noted().join();
        speaker.setPeers(Set.of(dialled(Transport.DEFAULT.withReach(new Reach.Within(254)))));
        speaker.start();

        said.awaitReason("no TCP connection: no answer within 5 s (filtered, or a wrong password)");
        assertThat(collector.peers()).extracting(PeerSnapshot::state).containsExactly(SessionState.ACTIVE);
    }

    /** The listening socket takes whom the other peer may be; the connection is limited once it is known whose it is. */
    @Test
    void aPeerAtAGreaterDistanceDoesNotLoosenTheLimitOfAnother() {
        PeerConfig near = awaited(Transport.DEFAULT.withReach(new Reach.Secured(1)));
        var far = new PeerConfig(
                "far",
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.9"), 179),
                near.local(),
                near.peerAs(),
                Connect.LISTEN,
                Transport.DEFAULT);
        collector.setPeers(Set.of(near, far));
        collector.start();
        speaker.setPeers(Set.of(dialled(Transport.DEFAULT.withReach(new Reach.Secured(1)))));
        speaker.start();

        said.awaitState(SessionState.ESTABLISHED);
    }

    private PeerConfig awaited(Transport transport) {
        return new PeerConfig(
                "speaker",
                new InetSocketAddress(HERE, 179),
                local(64513, "10.0.0.2"),
                new PeerAs.Exactly(new Asn(64512)),
                Connect.LISTEN,
                transport);
    }

    private PeerConfig dialled(Transport transport) {
        PeerConfig peer = peer(64512, 64513, HoldTime.DEFAULT);
        return new PeerConfig(peer.name(), peer.remote(), peer.local(), peer.peerAs(), peer.connect(), transport);
    }

    private PeerConfig peer(long localAs, long peerAs, HoldTime holdTime) {
        return new PeerConfig(
                "collector",
                address,
                new Local(new Asn(localAs), BgpIdentifier.parse("10.0.0.1"), holdTime, Set.of(Family.IPV4_UNICAST)),
                new PeerAs.Exactly(new Asn(peerAs)),
                Connect.DIAL,
                Transport.DEFAULT);
    }

    private static Local local(long as, String identifier) {
        return new Local(new Asn(as), BgpIdentifier.parse(identifier), HoldTime.DEFAULT, Set.of(Family.IPV4_UNICAST));
    }
}
