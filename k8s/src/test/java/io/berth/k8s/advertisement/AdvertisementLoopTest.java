package io.berth.k8s.advertisement;

import static io.berth.k8s.advertisement.World.ADVERTISEMENT;
import static io.berth.k8s.advertisement.World.NODE;
import static io.berth.k8s.advertisement.World.POOL;
import static io.berth.k8s.advertisement.World.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.berth.allocator.ServiceKey;
import io.berth.bgp.BgpIdentifier;
import io.berth.bgp.PeerConfig.Connect;
import io.berth.bgp.PeerListener;
import io.berth.bgp.PeerSnapshot;
import io.berth.bgp.Speaker;
import io.berth.k8s.loop.ManualThread;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a change of the world does to what a router hears. */
class AdvertisementLoopTest {

    private static final String OTHER =
            SERVICE.replace("name: web", "name: api").replace("10.0.1.7", "10.0.1.8");

    private static final String NO_ENDPOINT = """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {namespace: team-a, name: web-1, labels: {kubernetes.io/service-name: web}}
        addressType: IPv4
        endpoints: []
        """;

    private final StaticCluster cluster = new StaticCluster();
    private final ManualThread thread = new ManualThread();
    private final ListeningRouter router;
    private final String peer;
    private final Speaker speaker = new Speaker(new PeerListener() {}, new Random(1));
    private final AdvertisementLoop loop = new AdvertisementLoop(
            cluster,
            speaker,
            new AdvertisementSettings(
                    "", Rules.DEFAULT, new Peers.Own(_ -> BgpIdentifier.parse("10.0.0.1"), Connect.DIAL)),
            thread);

    AdvertisementLoopTest() throws IOException {
        router = new ListeningRouter();
        peer = router.manifest("tor");
    }

    @BeforeEach
    void follow() {
        cluster.start(loop);
    }

    @AfterEach
    void close() {
        loop.close();
        speaker.close("test over");
        router.close();
    }

    @Test
    void firstTableIsWholeAndEndsWithEndOfRib() {
        world(peer, ADVERTISEMENT, POOL, SERVICE, OTHER);

        router.awaitLine("End-of-RIB");
        router.awaitTable("10.0.1.7/32", "10.0.1.8/32");
        assertThat(loop.snapshot().unready()).isEmpty();
    }

    @Test
    void nothingIsReadyBeforeTheWorldWasSeen() {
        assertThat(loop.snapshot().unready()).hasSize(1);
    }

    @Test
    void worldWithoutAnythingIsSeenToo() {
        world();

        assertThat(loop.snapshot().unready()).isEmpty();
        assertThat(loop.snapshot().routes()).isEmpty();
    }

    @Test
    void changeOfOneServiceTouchesNoOtherRoute() {
        world(peer, ADVERTISEMENT, POOL, SERVICE, OTHER);
        router.awaitTable("10.0.1.7/32", "10.0.1.8/32");
        router.heardOfRoutes();

        world(peer, ADVERTISEMENT, POOL, SERVICE, OTHER.replace("10.0.1.8", "10.0.1.9"));

        router.awaitTable("10.0.1.7/32", "10.0.1.9/32");
        assertThat(router.heardOfRoutes()).containsExactlyInAnyOrder("- 10.0.1.8/32", "+ 10.0.1.9/32");
    }

    @Test
    void routeGoesWithItsServiceItsEndpointsItsPoolOrItsAdvertisement() {
        world(peer, ADVERTISEMENT, POOL, SERVICE, OTHER);
        router.awaitTable("10.0.1.7/32", "10.0.1.8/32");

        world(peer, ADVERTISEMENT, POOL, OTHER);
        router.awaitTable("10.0.1.8/32");
        world(peer, ADVERTISEMENT, POOL, SERVICE, OTHER);
        router.awaitTable("10.0.1.7/32", "10.0.1.8/32");

        world(peer, ADVERTISEMENT, POOL, SERVICE, NO_ENDPOINT, OTHER);
        router.awaitTable("10.0.1.8/32");

        world(peer, ADVERTISEMENT, SERVICE, OTHER);
        router.awaitTable();
        world(peer, ADVERTISEMENT, POOL, OTHER);
        router.awaitTable("10.0.1.8/32");

        world(peer, POOL, SERVICE, OTHER);
        router.awaitTable();
    }

    @Test
    void changeOfCommunitiesAnnouncesAgainWithoutASecondSession() {
        world(peer, ADVERTISEMENT, POOL, SERVICE);
        router.awaitTable("10.0.1.7/32");

        world(peer, ADVERTISEMENT + "spec: {communities: ['64512:7']}", POOL, SERVICE);

        router.awaitLine("+ 10.0.1.7/32 via 127.0.0.1 path 64512 communities 64512:7");
        assertThat(router.heardOfRoutes()).containsExactly("+ 10.0.1.7/32", "+ 10.0.1.7/32");
    }

    @Test
    void nodeThatLeavesAsksForTheLeastPreferenceAndStillFollowsTheWorld() {
        world(peer, ADVERTISEMENT + "spec: {communities: ['64512:7']}", POOL, SERVICE);
        router.awaitTable("10.0.1.7/32");

        loop.retire();
        thread.pass(Duration.ZERO);
        router.awaitLine("+ 10.0.1.7/32 via 127.0.0.1 path 64512 communities 64512:7 65535:0");

        world(peer, ADVERTISEMENT, POOL, OTHER);
        router.awaitTable("10.0.1.8/32");
        router.awaitLine("+ 10.0.1.8/32 via 127.0.0.1 path 64512 communities 65535:0");
    }

    @Test
    void sessionGoesWithItsPeer() {
        world(peer, ADVERTISEMENT, POOL, SERVICE);
        router.awaitTable("10.0.1.7/32");

        world(ADVERTISEMENT, POOL, SERVICE);

        router.awaitLine("Cease/Peer De-configured");
        router.awaitTable();
        speaker.flush().join(); // stands in line behind whatever the speaker was doing when the router heard of it
        assertThat(speaker.peers()).isEmpty();
    }

    @Test
    void peerWithoutItsPasswordIsShownDownWithTheReason() {
        String withPassword = peer.replace("peerASN:", "passwordSecret: {name: tor, namespace: ns}, peerASN:");

        world(withPassword, ADVERTISEMENT, POOL, SERVICE);

        assertThat(loop.snapshot().unserved())
                .extracting(PeerSnapshot::name, PeerSnapshot::reason)
                .containsExactly(tuple("tor", "its password is in Secret ns/tor, which does not exist"));
        assertThat(speaker.peers()).isEmpty();

        world(peer, ADVERTISEMENT, POOL, SERVICE);

        router.awaitTable("10.0.1.7/32");
        assertThat(loop.snapshot().unserved()).isEmpty();
    }

    @Test
    void ownersAreToldNothingNewByASpeakerThatStartsAgain() {
        world(peer, ADVERTISEMENT, POOL, SERVICE, OTHER);
        assertThat(cluster.told).isEmpty();

        loop.announcedBefore(Set.of(new ServiceKey("team-a", "web")));
        thread.pass(Duration.ZERO);
        assertThat(cluster.told).containsExactly("nodeAssigned Service/team-a/api");

        world(peer, ADVERTISEMENT, POOL, OTHER);
        world(peer, ADVERTISEMENT, POOL, SERVICE, OTHER);
        assertThat(cluster.told).containsExactly("nodeAssigned Service/team-a/api", "nodeAssigned Service/team-a/web");
    }

    @Test
    void ownersAreToldWhatCameWhileNobodyAnnounced() {
        loop.announcedBefore(Set.of(new ServiceKey("team-a", "web")));
        world(peer, ADVERTISEMENT, POOL, OTHER);
        world(peer, ADVERTISEMENT, POOL, SERVICE, OTHER);

        assertThat(cluster.told).containsExactly("nodeAssigned Service/team-a/api", "nodeAssigned Service/team-a/web");
    }

    @Test
    void ownerOfAServiceIsToldOnceFromWhichNodeItIsAnnounced() {
        loop.announcedBefore(Set.of());
        world(peer, ADVERTISEMENT, POOL, SERVICE);
        world(peer, ADVERTISEMENT, POOL, SERVICE, OTHER);

        assertThat(cluster.told).containsExactly("nodeAssigned Service/team-a/web", "nodeAssigned Service/team-a/api");
    }

    @Test
    void nodeThatIsGoneKeepsAnnouncingAndSaysThatItIsUnready() {
        world(peer, ADVERTISEMENT, POOL, NODE, SERVICE);
        router.awaitTable("10.0.1.7/32");

        world(peer, ADVERTISEMENT, POOL, NODE.replace("node-1", "node-2"), SERVICE);

        assertThat(loop.snapshot().unready()).containsExactly("there is no Node node-1, only node-2");
        assertThat(loop.snapshot().routes()).hasSize(1);
    }

    private void world(String... manifests) {
        List<String> all = new ArrayList<>(Arrays.asList(manifests));
        cluster.become(World.of(all.toArray(String[]::new)).state());
        thread.pass(Duration.ofMillis(100));
    }
}
