package io.berth.bgp;

import io.berth.bgp.PeerConfig.Connect;
import io.berth.bgp.PeerConfig.Local;
import io.berth.bgp.PeerConfig.PeerAs;
import io.berth.bgp.PeerConfig.Transport;
import io.berth.bgp.RawPeer.Connection;
import io.berth.bgp.fsm.SendHold;
import io.berth.bgp.message.Capability.FourOctetAs;
import io.berth.bgp.message.Capability.Multiprotocol;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.Keepalive;
import io.berth.bgp.message.Open;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A router that lives and reads no more (RFC 9687). */
class StuckPeerTest {

    private static final Asn OURS = new Asn(64512);
    private static final Asn THEIRS = new Asn(64513);

    /** More than the kernel keeps for a peer that does not read. */
    private static final int ROUTES = 100_000;

    private final RecordedRib said = new RecordedRib();
    private final Speaker speaker =
            new Speaker(Introduction.NONE, said, new Random(1), new SendHold(Duration.ofSeconds(1)));
    private final RawPeer peer = new RawPeer().withSmallWindow();
    private final ScheduledExecutorService alive = Executors.newSingleThreadScheduledExecutor();

    StuckPeerTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        alive.shutdownNow();
        speaker.close("test over");
        peer.close();
    }

    @Test
    void aPeerThatSaysItIsAliveAndReadsNothingLosesItsSession() throws IOException {
        speaker.setPrefixes(routes());
        speaker.setPeers(Set.of(new PeerConfig(
                "tor",
                peer.address(),
                new Local(OURS, BgpIdentifier.parse("10.0.0.1"), new HoldTime(3), Set.of(Family.IPV4_UNICAST)),
                new PeerAs.Exactly(THEIRS),
                Connect.DIAL,
                Transport.DEFAULT)));
        speaker.start();

        try (Connection connection = peer.accept()) {
            connection.send(new Open(
                    THEIRS,
                    HoldTime.DEFAULT,
                    BgpIdentifier.parse("10.0.0.2"),
                    List.of(Multiprotocol.of(Family.IPV4_UNICAST), new FourOctetAs(THEIRS))));
            var _ = alive.scheduleAtFixedRate(() -> keepAlive(connection), 0, 200, TimeUnit.MILLISECONDS);

            said.awaitReason("the peer has taken nothing from us for 6 s, though it says that it is alive; "
                    + "we closed the session: Send Hold Timer Expired (8/0)");
        }
        // It is tried again.
        peer.accept().close();
    }

    /** Ends with the connection. */
    private static void keepAlive(Connection connection) {
        try {
            connection.send(new Keepalive());
        } catch (IOException e) {
            throw new IllegalStateException("the speaker has closed the connection", e);
        }
    }

    private static Map<Prefix, Set<Route>> routes() {
        Map<Prefix, Set<Route>> routes = new HashMap<>();
        for (int i = 0; i < ROUTES; i++) {
            byte[] address = {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i};
            Prefix prefix = Prefix.host(Family.IPV4_UNICAST.address(address));
            routes.put(prefix, Set.of(Route.toAll(prefix, RouteAttributes.DEFAULT)));
        }
        return routes;
    }
}
