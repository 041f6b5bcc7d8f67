package io.berth.bgp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.berth.bgp.message.Family;
import io.berth.bgp.message.Keepalive;
import io.berth.bgp.message.Message;
import io.berth.bgp.message.Notification;
import io.berth.bgp.message.NotificationCode;
import io.berth.bgp.message.Octets;
import io.berth.bgp.message.RouteRefresh;
import io.berth.bgp.message.RouteRefresh.Subtype;
import io.berth.bgp.message.Update;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCodecTest {

    @Test
    void aKeepaliveIsItsHeader() {
        assertThat(written(new Keepalive())).isEqualTo(Wire.plain(Wire.MARKER + "0013 04"));
        assertThat(decode(Message.Type.KEEPALIVE, "")).isEqualTo(new Keepalive());
    }

    @Test
    void aNotificationIsCodeSubcodeAndData() {
        Notification cease = Notification.shutdown(NotificationCode.ADMINISTRATIVE_SHUTDOWN, "bye");

        assertThat(written(cease)).isEqualTo(Wire.plain(Wire.MARKER + """
            0019        # length
            03          # NOTIFICATION
            06 02       # Cease, Administrative Shutdown
            03 627965   # "bye", RFC 9003
            """));
        assertThat(decode(Message.Type.NOTIFICATION, "06 02 03 627965")).isEqualTo(cease);
    }

    @Test
    void aNotificationOfCodesThatNobodyAssignedIsReadAsItIs() {
        assertThat(decode(Message.Type.NOTIFICATION, "ff fe 00"))
                .isEqualTo(new Notification(255, 254, Octets.of((byte) 0)));
    }

    /** The data is cut rather than let the message pass 4096 octets. */
    @ParameterizedTest
    @CsvSource({"4074, 4095", "4075, 4096", "4076, 4096", "65000, 4096"})
    void aNotificationFitsIntoWhatEveryPeerTakes(int data, int message) {
        var notification = Notification.of(NotificationCode.MALFORMED_ATTRIBUTE_LIST, new byte[data]);

        assertThat(written(notification)).hasSize(2 * message);
    }

    @ParameterizedTest
    @CsvSource({"REQUEST, 0001 00 01", "BEGIN, 0001 01 01", "END, 0001 02 01"})
    void aRouteRefreshNamesAFamilyAndASubtype(Subtype subtype, String body) {
        RouteRefresh refresh = RouteRefresh.of(Family.IPV4_UNICAST, subtype);

        assertThat(written(refresh)).isEqualTo(Wire.plain(Wire.MARKER + "0017 05" + body));
        assertThat(decode(Message.Type.ROUTE_REFRESH, body)).isEqualTo(refresh);
        assertThat(refresh.concerns(Family.IPV4_UNICAST)).isTrue();
        assertThat(refresh.concerns(Family.IPV6_UNICAST)).isFalse();
    }

    /** RFC 7313 section 5: an unknown subtype and an unknown family are ignored, which is for others to do. */
    @Test
    void aRouteRefreshOfAnUnknownKindIsNoError() {
        assertThat(decode(Message.Type.ROUTE_REFRESH, "4004 03 47"))
                .isEqualTo(new RouteRefresh(0x4004, 0x47, Subtype.UNKNOWN));
    }

    /** RFC 7313 section 5: the data is the whole message. */
    @ParameterizedTest
    @ValueSource(strings = {"", "0001 00", "0001 00 01 00"})
    void aRouteRefreshOfTheWrongLengthIsAnsweredWithItself(String body) {
        String message = Wire.plain(Wire.MARKER + "00%02x 05".formatted(19 + Wire.octets(body).length) + body);

        assertThatExceptionOfType(MalformedMessage.class)
                .isThrownBy(() -> decode(Message.Type.ROUTE_REFRESH, body))
                .satisfies(e -> {
                    assertThat(e.notification().is(NotificationCode.ROUTE_REFRESH_MESSAGE_ERROR))
                            .isTrue();
                    assertThat(e.notification().data()).hasToString(message);
                });
    }

    /** What it says depends on what was negotiated; the state machine refuses it anyway (RFC 6608). */
    @Test
    void anUpdateBeforeTheSessionIsUpHasNoMeaning() {
        assertThat(MessageCodec.decode(Wire.update("20 cb007107", "", ""), Optional.empty()))
                .isEqualTo(Update.withdrawing(List.of()));
    }

    @Test
    void updatesAreWrittenElsewhere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageCodec.encode(Update.endOfRib(Family.IPV4_UNICAST), Unpooled.buffer()));
    }

    private static String written(Message message) {
        return Wire.written(out -> MessageCodec.encode(message, out));
    }

    private static Message decode(Message.Type type, String body) {
        return MessageCodec.decode(Wire.frame(type, body), Optional.of(Sessions.external()));
    }
}
