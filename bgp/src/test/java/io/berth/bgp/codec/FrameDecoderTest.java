package io.berth.bgp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.bgp.codec.MessageCodec.Frame;
import io.berth.bgp.message.Message;
import io.berth.bgp.message.Octets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameDecoderTest {

    private static final String KEEPALIVE = Wire.MARKER + "0013 04";
    private static final String REFRESH = Wire.MARKER + "0017 05 0001 00 01";

    private final FrameDecoder decoder = new FrameDecoder();
    private final EmbeddedChannel channel = new EmbeddedChannel(decoder);

    @Test
    void aMessageIsCutOutWithoutItsHeader() {
        receive(REFRESH);

        assertThat(decoded()).containsExactly(Wire.frame(Message.Type.ROUTE_REFRESH, "0001 00 01"));
    }

    @Test
    void messagesMayArriveOctetByOctet() {
        for (byte octet : Wire.octets(REFRESH + KEEPALIVE)) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {octet}));
        }

        assertThat(decoded())
                .containsExactly(
                        Wire.frame(Message.Type.ROUTE_REFRESH, "0001 00 01"), Wire.frame(Message.Type.KEEPALIVE, ""));
    }

    @Test
    void severalMessagesMayArriveAtOnce() {
        receive(KEEPALIVE + REFRESH + KEEPALIVE + Wire.MARKER);

        assertThat(decoded())
                .extracting(frame -> ((Frame) frame).type())
                .containsExactly(Message.Type.KEEPALIVE, Message.Type.ROUTE_REFRESH, Message.Type.KEEPALIVE);
    }

    /** RFC 4271 section 6.1; the header alone is enough to judge. */
    @ParameterizedTest
    @CsvSource({
        "fffffffffffffffffffffffffffffffe 0013 04, 1, 1, ''",
        "00000000000000000000000000000000 0013 04, 1, 1, ''",
        "ffffffffffffffffffffffffffffffff 0012 04, 1, 2, 0012",
        "ffffffffffffffffffffffffffffffff 0000 04, 1, 2, 0000",
        "ffffffffffffffffffffffffffffffff 1001 02, 1, 2, 1001",
        "ffffffffffffffffffffffffffffffff ffff 02, 1, 2, ffff",
        "ffffffffffffffffffffffffffffffff 0014 04, 1, 2, 0014",
        "ffffffffffffffffffffffffffffffff 001c 01, 1, 2, 001c",
        "ffffffffffffffffffffffffffffffff 0016 02, 1, 2, 0016",
        "ffffffffffffffffffffffffffffffff 0014 03, 1, 2, 0014",
        "ffffffffffffffffffffffffffffffff 0012 05, 1, 2, 0012",
        "ffffffffffffffffffffffffffffffff 0013 00, 1, 3, 00",
        "ffffffffffffffffffffffffffffffff 0013 06, 1, 3, 06",
        "ffffffffffffffffffffffffffffffff 1000 ff, 1, 3, ff"
    })
    void aBadHeaderIsAnsweredByItsNotificationBeforeTheBodyArrives(String header, int code, int subcode, String data) {
        receive(header);

        assertThat(decoded()).singleElement().isInstanceOfSatisfying(MalformedMessage.class, malformed -> {
            assertThat(malformed.notification().code()).isEqualTo(code);
            assertThat(malformed.notification().subcode()).isEqualTo(subcode);
            assertThat(malformed.notification().data()).hasToString(data);
            assertThat(malformed.detail()).isNotEmpty();
        });
    }

    @Test
    void whatComesBeforeABadHeaderCountsAndWhatComesAfterDoesNot() {
        receive(KEEPALIVE + Wire.MARKER + "0013 09" + KEEPALIVE);
        receive(KEEPALIVE);

        List<Object> decoded = decoded();
        assertThat(decoded).hasSize(2);
        assertThat(decoded.getFirst()).isInstanceOf(Frame.class);
        assertThat(decoded.getLast()).isInstanceOf(MalformedMessage.class);
    }

    @Test
    void theLongestMessageIsThatOfRfc4271UntilMoreIsNegotiated() {
        channel.writeInbound(update(4096));
        decoder.maxMessage(Negotiated.EXTENDED_MESSAGE);
        channel.writeInbound(update(4097));
        channel.writeInbound(update(65535));
        decoder.maxMessage(Negotiated.STANDARD_MESSAGE);
        channel.writeInbound(update(4097));

        List<Object> decoded = decoded();
        assertThat(decoded.subList(0, 3))
                .extracting(frame -> ((Frame) frame).body().length())
                .containsExactly(4096 - 19, 4097 - 19, 65535 - 19);
        assertThat(decoded.getLast()).isInstanceOf(MalformedMessage.class);
    }

    /** RFC 8654 section 4: OPEN and KEEPALIVE stay short. */
    @Test
    void anOpenIsNeverExtended() {
        decoder.maxMessage(Negotiated.EXTENDED_MESSAGE);
        receive(Wire.MARKER + "1001 01");

        assertThat(decoded()).singleElement().isInstanceOf(MalformedMessage.class);
    }

    @Test
    void aConnectionThatEndsWithinAMessageYieldsNothing() {
        receive(Wire.MARKER + "0017 05 0001");
        channel.finish();

        assertThat(decoded()).isEmpty();
    }

    private void receive(String octets) {
        channel.writeInbound(Unpooled.wrappedBuffer(Wire.octets(octets)));
    }

    private static ByteBuf update(int length) {
        ByteBuf message = Unpooled.buffer(length);
        message.writeBytes(Wire.octets(Wire.MARKER)).writeShort(length).writeByte(2);
        return message.writeZero(length - message.writerIndex());
    }

    private List<Object> decoded() {
        List<Object> decoded = new ArrayList<>();
        for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
            decoded.add(next);
        }
        return decoded;
    }

    @Test
    void aFrameKnowsTheLengthOfItsMessage() {
        assertThat(new Frame(Message.Type.KEEPALIVE, Octets.NONE).length()).isEqualTo(19);
    }
}
