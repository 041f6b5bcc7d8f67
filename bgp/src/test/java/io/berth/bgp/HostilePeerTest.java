package io.berth.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.bgp.PeerConfig.Connect;
import io.berth.bgp.PeerConfig.Local;
import io.berth.bgp.PeerConfig.PeerAs;
import io.berth.bgp.PeerConfig.Transport;
import io.berth.bgp.RawPeer.Connection;
import io.berth.bgp.message.Capability;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.Keepalive;
import io.berth.bgp.message.Message;
import io.berth.bgp.message.Notification;
import io.berth.bgp.message.NotificationCode;
import io.berth.bgp.message.Open;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a speaker does when the other end is broken, hostile or dead. */
class HostilePeerTest {

    private static final Route ROUTE = Route.toAll(Prefix.parse("198.51.100.7/32"), RouteAttributes.DEFAULT);

    private final RecordedRib said = new RecordedRib();
    private final Speaker speaker = new Speaker(said, new Random(1));
    private final RawPeer peer = new RawPeer();

    HostilePeerTest() throws IOException {}

    @BeforeEach
    void dial() {
        speaker.setRoutes("me", Set.of(ROUTE));
        speaker.setPeers(Set.of(new PeerConfig(
                "tor",
                peer.address(),
                new Local(
                        new Asn(64512), BgpIdentifier.parse("10.0.0.1"), new HoldTime(3), Set.of(Family.IPV4_UNICAST)),
                new PeerAs.Exactly(new Asn(64513)),
                Connect.DIAL,
                Transport.DEFAULT)));
        speaker.start();
    }

    @AfterEach
    void close() throws IOException {
        speaker.close("test over");
        peer.close();
    }

    @Test
    void aPeerThatSpeaksNoBgpIsToldSoAndTriedAgain() throws IOException {
        try (Connection connection = peer.accept()) {
            connection.send("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(connection.readUntil(Message.Type.NOTIFICATION).body()).isEqualTo("0101");
            assertThat(connection.isAtEnd()).isTrue();
        }
        peer.accept().close();
    }

    @Test
    void aPeerThatHangsUpIsTriedAgain() throws IOException {
        peer.accept().close();
        peer.accept().close();

        try (Connection third = peer.accept()) {
            establish(third);
            said.awaitState(SessionState.ESTABLISHED);
        }
    }

    @Test
    void aPeerThatHangsUpWhileEstablishedIsOwedNothingAndHoldsNoFlushUp() throws IOException {
        try (Connection connection = peer.accept()) {
            establish(connection);
            connection.readUntil(Message.Type.UPDATE);
            connection.hangUp();
            said.awaitReason("the TCP connection was lost: the peer closed it");

            speaker.setRoutes("other", Set.of(Route.toAll(Prefix.parse("198.51.100.8/32"), RouteAttributes.DEFAULT)));

            assertThat(speaker.flush()).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void anOpenInSingleOctetsIsAsGoodAsAnother() throws IOException {
        try (Connection connection = peer.accept()) {
            connection.sendOneByOne(open());
            connection.sendOneByOne(new Keepalive());

            assertThat(connection.readUntil(Message.Type.UPDATE).body()).endsWith("20c6336407");
        }
    }

    @Test
    void aPeerThatFallsSilentIsGivenUpWhenTheHoldTimeIsOver() throws IOException {
        try (Connection connection = peer.accept()) {
            establish(connection);

            assertThat(connection.readUntil(Message.Type.NOTIFICATION).body()).isEqualTo("0400");
            said.awaitReason("the peer was silent for the hold time of 3 s; we sent "
                    + Notification.of(NotificationCode.HOLD_TIMER_EXPIRED).describe());
        }
    }

    @Test
    void anUpdateThatOverrunsItsLengthEndsTheSession() throws IOException {
        try (Connection connection = peer.accept()) {
            establish(connection);
            // UPDATE of 23 octets that claims 255 octets of withdrawn routes.
            connection.send(header(23, 2, (byte) 0x00, (byte) 0xFF, (byte) 0x00, (byte) 0x00));

            assertThat(connection.readUntil(Message.Type.NOTIFICATION).body()).startsWith("0301");
        }
    }

    @Test
    void aMessageLongerThanAgreedIsRefusedBeforeItIsRead() throws IOException {
        try (Connection connection = peer.accept()) {
            connection.send(header(4097, 1));

            assertThat(connection.readUntil(Message.Type.NOTIFICATION).body()).isEqualTo("01021001");
        }
    }

    /** RFC 8654 section 4: what we have said we take is taken from whoever sends it. */
    @Test
    void aLongUpdateIsReadFromAPeerThatDoesNotTakeThemItself() throws IOException {
        try (Connection connection = peer.accept()) {
            establish(connection);
            connection.readUntil(Message.Type.UPDATE);
            byte[] withdrawals = new byte[4 + 4074];
            withdrawals[0] = (byte) (4074 >> 8);
            withdrawals[1] = (byte) 4074; // as many default routes
            connection.send(header(19 + withdrawals.length, 2, withdrawals));
            connection.send(header(23, 2, (byte) 0x00, (byte) 0xFF, (byte) 0x00, (byte) 0x00));

            assertThat(connection.readUntil(Message.Type.NOTIFICATION).body()).startsWith("0301");
        }
    }

    @Test
    void anotherSessionGetsEverythingAnewAfterTheFirstWasReset() throws IOException {
        try (Connection connection = peer.accept()) {
            establish(connection);
            connection.readUntil(Message.Type.UPDATE);
        }
        try (Connection connection = peer.accept()) {
            establish(connection);

            assertThat(connection.readUntil(Message.Type.UPDATE).body()).endsWith("20c6336407");
        }
    }

    private static void establish(Connection connection) throws IOException {
        connection.send(open());
        connection.send(new Keepalive());
    }

    private static Open open() {
        return new Open(
                new Asn(64513),
                HoldTime.DEFAULT,
                BgpIdentifier.parse("10.0.0.2"),
                List.of(Capability.Multiprotocol.of(Family.IPV4_UNICAST), new Capability.FourOctetAs(new Asn(64513))));
    }

    private static byte[] header(int length, int type, byte... body) {
        byte[] message = new byte[19 + body.length];
        Arrays.fill(message, 0, 16, (byte) 0xFF);
        message[16] = (byte) (length >> 8);
        message[17] = (byte) length;
        message[18] = (byte) type;
        System.arraycopy(body, 0, message, 19, body.length);
        return message;
    }
}
