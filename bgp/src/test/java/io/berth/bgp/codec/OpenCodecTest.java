package io.berth.bgp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.berth.bgp.Asn;
import io.berth.bgp.BgpIdentifier;
import io.berth.bgp.HoldTime;
import io.berth.bgp.message.Capability;
import io.berth.bgp.message.Capability.EnhancedRouteRefresh;
import io.berth.bgp.message.Capability.ExtendedMessage;
import io.berth.bgp.message.Capability.ExtendedNextHop;
import io.berth.bgp.message.Capability.ExtendedNextHop.Encoding;
import io.berth.bgp.message.Capability.Forwarding;
import io.berth.bgp.message.Capability.FourOctetAs;
import io.berth.bgp.message.Capability.Fqdn;
import io.berth.bgp.message.Capability.GracefulRestart;
import io.berth.bgp.message.Capability.Multiprotocol;
import io.berth.bgp.message.Capability.RestartFamily;
import io.berth.bgp.message.Capability.RestartFlag;
import io.berth.bgp.message.Capability.RouteRefreshing;
import io.berth.bgp.message.Capability.SoftwareVersion;
import io.berth.bgp.message.Capability.Unknown;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.Message;
import io.berth.bgp.message.Octets;
import io.berth.bgp.message.Open;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenCodecTest {

    /** Version 4, AS 64513, hold time 90, 198.51.100.1; the parameters follow. */
    private static final String FIXED = "04 fc01 005a c6336401";

    static final List<Capability> EVERY_CAPABILITY = List.of(
            Multiprotocol.of(Family.IPV6_UNICAST),
            new RouteRefreshing(),
            new ExtendedNextHop(List.of(Encoding.IPV4_OVER_IPV6, new Encoding(1, 128, 2))),
            new ExtendedNextHop(List.of()),
            new ExtendedMessage(),
            new GracefulRestart(
                    Set.of(RestartFlag.RESTARTED, RestartFlag.NOTIFICATION),
                    4095,
                    List.of(
                            new RestartFamily(1, 1, Forwarding.PRESERVED),
                            new RestartFamily(25, 70, Forwarding.NOT_PRESERVED))),
            new GracefulRestart(Set.of(), 0, List.of()),
            new FourOctetAs(new Asn(4_200_000_000L)),
            new EnhancedRouteRefresh(),
            new Fqdn("node-1", "example.org"),
            new Fqdn("", ""),
            new SoftwareVersion("Berth 0.1.0"),
            new Unknown(71, Octets.of((byte) 1, (byte) 2)));

    @Test
    void ourOpenIsWrittenAsEveryRouterReadsIt() {
        var open = new Open(
                new Asn(64512),
                new HoldTime(90),
                BgpIdentifier.parse("192.0.2.1"),
                List.of(Multiprotocol.of(Family.IPV4_UNICAST), new RouteRefreshing(), new FourOctetAs(new Asn(64512))));

        assertThat(written(open)).isEqualTo(Wire.plain(Wire.MARKER + """
            002d                # length
            01                  # OPEN
            04                  # version
            fc00                # AS 64512
            005a                # hold time 90
            c0000201            # 192.0.2.1
            10                  # 16 octets of parameters
              02 0e             # capabilities, 14 octets
                01 04 0001 00 01  # IPv4 unicast
                02 00             # route refresh
                41 04 0000fc00    # AS 64512 in four octets
            """));
    }

    @Test
    void asTransStandsForAnAsThatDoesNotFit() {
        Asn as = new Asn(65536);
        String written = written(Sessions.open(as, new FourOctetAs(as)));

        assertThat(written).contains(Wire.plain("04 5ba0 005a")).endsWith(Wire.plain("41 04 00010000"));
        assertThat(reread(Sessions.open(as, new FourOctetAs(as))).as()).isEqualTo(as);
    }

    @Test
    void anOpenWithoutCapabilitiesHasNoParameters() {
        assertThat(written(Sessions.open(new Asn(64512)))).endsWith(Wire.plain("c0000201 00"));
        assertThat(decode(FIXED + "00").capabilities()).isEmpty();
        assertThat(decode(FIXED + "00").as()).isEqualTo(new Asn(64513));
    }

    @ParameterizedTest
    @FieldSource("EVERY_CAPABILITY")
    void eachCapabilityIsReadAsItWasWritten(Capability capability) {
        Open open = Sessions.open(capability instanceof FourOctetAs(Asn as) ? as : new Asn(64512), capability);

        assertThat(reread(open)).isEqualTo(open);
    }

    /** As routers do that are older than RFC 5492, and FRR to this day. */
    @Test
    void eachCapabilityMayHaveAParameterOfItsOwn() {
        Open open = decode(FIXED + """
            1a
            02 06  01 04 0001 00 01      # IPv4 unicast
            02 02  80 00                 # route refresh as Cisco had it
            02 02  02 00                 # route refresh
            02 06  41 04 fa56ea00        # AS 4200000000
            02 00                        # nothing at all
            """);

        assertThat(open.capabilities())
                .containsExactly(
                        Multiprotocol.of(Family.IPV4_UNICAST),
                        new Unknown(128, Octets.NONE),
                        new RouteRefreshing(),
                        new FourOctetAs(new Asn(4_200_000_000L)));
        assertThat(open.as()).isEqualTo(new Asn(4_200_000_000L));
    }

    /** RFC 9072 section 2: the type octet 255 decides, the length octet may be anything but zero. */
    @ParameterizedTest
    @ValueSource(strings = {"ff", "01", "0b"})
    void extendedParametersAreReadEvenWhereTheyWouldFitWithout(String length) {
        Open open = decode(FIXED + length + "ff 0009" + "02 0006 01 04 0002 00 01");

        assertThat(open.capabilities()).containsExactly(Multiprotocol.of(Family.IPV6_UNICAST));
    }

    @Test
    void moreThanFitsIntoOneLengthOctetIsWrittenInTheExtendedForm() {
        Capability large = new Unknown(200, Octets.of(new byte[200]));
        Open open = Sessions.open(new Asn(64512), large, large);

        assertThat(written(open)).contains(Wire.plain("c0000201 ff ff 0197 02 0194 c8 c8"));
        assertThat(reread(open)).isEqualTo(open);
    }

    /** The last that fits is a parameter of 253 octets. */
    @ParameterizedTest
    @CsvSource({"250, fe 02 fc", "251, ff 02 fd", "252, ff ff 0101 02 00fe"})
    void theExtendedFormBeginsWhereTheOtherEnds(int value, String expected) {
        Open open = Sessions.open(new Asn(64512), new Unknown(200, Octets.of(new byte[value])));

        assertThat(written(open)).contains(Wire.plain("c0000201" + expected));
        assertThat(reread(open)).isEqualTo(open);
    }

    /** RFC 5492 section 3: a session is not worth losing over a capability. */
    @ParameterizedTest
    @CsvSource({
        "01 03 000100, 1", // multiprotocol of 3 octets
        "01 05 0001000100, 1", // and of 5
        "02 01 00, 2", // route refresh with a value
        "41 02 fc01, 65", // two octets of AS
        "05 05 0001000100, 5", // half an encoding of a next hop
        "40 01 00, 64", // half a graceful restart
        "40 05 0078000101, 64", // a family that is cut off
        "49 02 05 61, 73", // a host name that is longer than its capability
        "49 00, 73",
        "4b 00, 75",
        "4b 03 01 41 42, 75", // more than its text
        "ff 00, 255"
    })
    void aCapabilityThatIsNotWhatItsCodeSaysIsUnknown(String capability, int code) {
        int length = Wire.octets(capability).length;
        Open open = decode(FIXED + "%02x 02 %02x".formatted(length + 2, length) + capability);

        assertThat(open.capabilities())
                .singleElement()
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.code()).isEqualTo(code));
        assertThat(open.as()).isEqualTo(new Asn(64513));
    }

    @Test
    void aLongHostNameIsCut() {
        Open open = reread(Sessions.open(new Asn(64512), new Fqdn("n".repeat(100), "d".repeat(300))));

        assertThat(open.capabilities()).containsExactly(new Fqdn("n".repeat(64), "d".repeat(64)));
    }

    /** At most 64 octets, and no half of a character. */
    @ParameterizedTest
    @CsvSource({"63, ü, 63", "62, ü, 64", "62, \uD83D\uDEA2, 62", "60, \uD83D\uDEA2, 64"})
    void aLongNameIsCutWhereACharacterEnds(int before, String character, int octets) {
        Open open = reread(Sessions.open(new Asn(64512), new SoftwareVersion("n".repeat(before) + character + "more")));

        assertThat(open.all(SoftwareVersion.class))
                .singleElement()
                .satisfies(said ->
                        assertThat(said.text().getBytes(StandardCharsets.UTF_8)).hasSize(octets));
        assertThat(open.all(SoftwareVersion.class).getFirst().text()).doesNotContain("\uFFFD");
    }

    /** RFC 4271 section 6.2, RFC 5492 section 5, RFC 6286, RFC 7607. */
    @ParameterizedTest
    @CsvSource({
        "03 fc01 005a c6336401 00, 1, 0004", // version 3: ours is 4
        "05 fc01 005a c6336401 00, 1, 0004",
        "04 0000 005a c6336401 00, 2, ''", // AS 0
        "04 fc01 005a c6336401 08 02 06 41 04 00000000, 2, ''", // AS 0 in the capability
        "04 fc01 005a 00000000 00, 3, ''", // identifier 0.0.0.0
        "04 fc01 005a c6336401 04 01 02 0000, 4, ''", // the authentication of RFC 1771
        "04 fc01 0001 c6336401 00, 6, 0001", // hold time 1
        "04 fc01 0002 c6336401 00, 6, 0002",
        "04 fc01 005a c6336401 01, 0, ''", // parameters that are not there
        "04 fc01 005a c6336401 00 00, 0, ''", // parameters that are not counted
        "04 fc01 005a c6336401 03 02 01 01, 0, ''", // half a capability
        "04 fc01 005a c6336401 03 02 02 01, 0, ''", // a parameter longer than all of them
        "04 fc01 005a c6336401 01 02, 0, ''", // a parameter without a length
        "04 fc01 005a c6336401 04 02 02 01 04, 0, ''", // a capability longer than its parameter
        "04 fc01 005a c6336401 ff ff, 0, ''", // RFC 9072, cut off
        "04 fc01 005a c6336401 ff ff 00, 0, ''",
        "04 fc01 005a c6336401 ff ff 0001, 0, ''",
        "04 fc01 005a c6336401 ff ff 0002 02 00, 0, ''"
    })
    void aBadOpenIsAnsweredByItsNotification(String body, int subcode, String data) {
        assertThatExceptionOfType(MalformedMessage.class)
                .isThrownBy(() -> decode(body))
                .satisfies(malformed -> {
                    assertThat(malformed.notification().code()).isEqualTo(2);
                    assertThat(malformed.notification().subcode()).isEqualTo(subcode);
                    assertThat(malformed.notification().data()).hasToString(data);
                    assertThat(malformed.detail()).isNotEmpty();
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 65535})
    void everyOtherHoldTimeIsAccepted(int seconds) {
        assertThat(decode("04 fc01 %04x c6336401 00".formatted(seconds)).holdTime())
                .isEqualTo(new HoldTime(seconds));
    }

    /** RFC 6286: it need not be an address. */
    @Test
    void anyOtherIdentifierIsAccepted() {
        assertThat(decode("04 fc01 005a ffffffff 00").identifier()).hasToString("255.255.255.255");
    }

    @Test
    void allCapabilitiesTogetherAreReadAsTheyWereWritten() {
        List<Capability> capabilities = new ArrayList<>(EVERY_CAPABILITY);
        Collections.reverse(capabilities);
        var open = new Open(new Asn(4_200_000_000L), new HoldTime(0), BgpIdentifier.parse("255.0.0.1"), capabilities);

        assertThat(reread(open)).isEqualTo(open);
    }

    private static String written(Open open) {
        return Wire.written(out -> MessageCodec.encode(open, out));
    }

    private static Open reread(Open open) {
        return decode(written(open).substring(2 * MessageCodec.HEADER));
    }

    private static Open decode(String body) {
        return (Open) MessageCodec.decode(Wire.frame(Message.Type.OPEN, body), Optional.empty());
    }
}
