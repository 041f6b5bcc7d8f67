package io.berth.bgp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.berth.bgp.AddressLiteral;
import io.berth.bgp.Prefix;
import io.berth.bgp.RouteAttributes;
import io.berth.bgp.message.AsPath;
import io.berth.bgp.message.Community;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.Message;
import io.berth.bgp.message.Octets;
import io.berth.bgp.message.Origin;
import io.berth.bgp.message.PathAttribute;
import io.berth.bgp.message.PathAttribute.Communities;
import io.berth.bgp.message.PathAttribute.Path;
import io.berth.bgp.message.PathAttribute.RouteOrigin;
import io.berth.bgp.message.PathAttribute.Unknown;
import io.berth.bgp.message.Update;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UpdateWriterTest {

    private static final int STANDARD = Negotiated.STANDARD_MESSAGE;
    private static final List<InetAddress> SELF =
            List.of(AddressLiteral.parse("192.0.2.1"), AddressLiteral.parse("2001:db8::1"));

    @Test
    void anIpv4RouteIsWrittenInTheClassicFields() {
        String written = Wire.written(out -> new UpdateWriter(STANDARD, out)
                .announce(block(Family.IPV4_UNICAST, Sessions.external()), nlri("203.0.113.7/32", "203.0.112.0/23")));

        assertThat(written).isEqualTo(Wire.plain(Wire.MARKER + """
            0034                      # length
            02                        # UPDATE
            0000                      # nothing withdrawn
            0014                      # 20 octets of attributes
            40 01 01 00               # ORIGIN IGP
            40 02 06 02 01 0000fc00   # AS_PATH 64512
            40 03 04 c0000201         # NEXT_HOP 192.0.2.1
            20 cb007107               # 203.0.113.7/32
            17 cb0070                 # 203.0.112.0/23
            """));
    }

    /** RFC 7606 section 5.1: first of all attributes. */
    @Test
    void anIpv6RouteIsWrittenInMpReach() {
        String written = Wire.written(out -> new UpdateWriter(STANDARD, out)
                .announce(block(Family.IPV6_UNICAST, Sessions.internal()), nlri("2001:db8:7::/48")));

        assertThat(written).isEqualTo(Wire.plain(Wire.MARKER + """
            0044                                        # length
            02                                          # UPDATE
            0000                                        # nothing withdrawn
            002d                                        # 45 octets of attributes
            80 0e 1c                                    # MP_REACH_NLRI
              0002 01                                   # IPv6 unicast
              10 20010db8000000000000000000000001       # next hop 2001:db8::1
              00                                        # reserved
              30 20010db80007                           # 2001:db8:7::/48
            40 01 01 00                                 # ORIGIN IGP
            40 02 00                                    # AS_PATH, empty on iBGP
            40 05 04 00000064                           # LOCAL_PREF 100
            """));
    }

    /** RFC 8950 section 4. */
    @Test
    void anIpv4RouteByWayOfIpv6IsWrittenInMpReach() {
        String written = Wire.written(out -> new UpdateWriter(STANDARD, out)
                .announce(
                        by(Family.IPV4_UNICAST, Sessions.extendedNextHops(), "2001:db8::1", "fe80::1"),
                        nlri("203.0.113.7/32")));

        assertThat(written).isEqualTo(Wire.plain(Wire.MARKER + """
            0051                                        # length
            02                                          # UPDATE
            0000                                        # nothing withdrawn
            003a                                        # 58 octets of attributes
            80 0e 2a                                    # MP_REACH_NLRI
              0001 01                                   # IPv4 unicast
              20 20010db8000000000000000000000001       # next hop 2001:db8::1
                 fe800000000000000000000000000001       # and fe80::1
              00                                        # reserved
              20 cb007107                               # 203.0.113.7/32
            40 01 01 00                                 # ORIGIN IGP
            40 02 06 02 01 0000fc00                     # AS_PATH 64512
            """));
    }

    /** The next hop takes room from the prefixes. */
    @ParameterizedTest
    @CsvSource({
        "IPV4_UNICAST, 2001:db8::1, 807",
        "IPV4_UNICAST, 2001:db8::1 fe80::1, 803",
        "IPV6_UNICAST, 2001:db8::1, 237",
        "IPV6_UNICAST, 2001:db8::1 fe80::1, 236"
    })
    void aMessageHoldsAsManyPrefixesAsItsNextHopLeavesRoomFor(Family family, String nextHop, int most) {
        AttributeBlock.Encoded block = by(family, Sessions.extendedNextHops(), nextHop.split(" "));

        assertThat(lengths(writer -> writer.announce(block, hosts(family, most))))
                .singleElement()
                .satisfies(length -> assertThat(length).isBetween(STANDARD - family.addressLength(), STANDARD));
        assertThat(lengths(writer -> writer.announce(block, hosts(family, most + 1))))
                .hasSize(2);
    }

    @Test
    void withdrawalsCarryNoAttributes() {
        assertThat(Wire.written(out -> new UpdateWriter(STANDARD, out)
                        .withdraw(Family.IPV4_UNICAST, nlri("203.0.113.7/32", "0.0.0.0/0"))))
                .isEqualTo(Wire.plain(Wire.MARKER + "001d 02" + "0006 20 cb007107 00" + "0000"));
        assertThat(Wire.written(
                        out -> new UpdateWriter(STANDARD, out).withdraw(Family.IPV6_UNICAST, nlri("2001:db8:7::/48"))))
                .isEqualTo(Wire.plain(Wire.MARKER + "0024 02" + "0000" + "000d" + "80 0f 0a 0002 01 30 20010db80007"));
    }

    /** RFC 4724 section 2: 23 octets for IPv4, 29 for IPv6. */
    @Test
    void endOfRibSaysNothing() {
        assertThat(Wire.written(out -> new UpdateWriter(STANDARD, out).endOfRib(Family.IPV4_UNICAST)))
                .isEqualTo(Wire.plain(Wire.MARKER + "0017 02 0000 0000"));
        assertThat(Wire.written(out -> new UpdateWriter(STANDARD, out).endOfRib(Family.IPV6_UNICAST)))
                .isEqualTo(Wire.plain(Wire.MARKER + "001d 02 0000 0006 80 0f 03 0002 01"));
    }

    /** The most host routes that one message of 4096 octets holds. */
    @ParameterizedTest
    @CsvSource({"IPV4_UNICAST, 810", "IPV6_UNICAST, 237"})
    void announcementsArePackedUpToTheMessageSize(Family family, int most) {
        AttributeBlock.Encoded block = block(family, Sessions.external());

        assertThat(lengths(writer -> writer.announce(block, hosts(family, most))))
                .hasSize(1)
                .allMatch(length -> length <= STANDARD && length + 1 + family.addressLength() > STANDARD);
        assertThat(lengths(writer -> writer.announce(block, hosts(family, most + 1))))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"IPV4_UNICAST, 814", "IPV6_UNICAST, 239"})
    void withdrawalsArePackedUpToTheMessageSize(Family family, int most) {
        assertThat(lengths(writer -> writer.withdraw(family, hosts(family, most))))
                .hasSize(1);
        assertThat(lengths(writer -> writer.withdraw(family, hosts(family, most + 1))))
                .hasSize(2);
    }

    @Test
    void extendedMessagesHoldThirteenThousandRoutes() {
        AttributeBlock.Encoded block = block(Family.IPV4_UNICAST, Sessions.external());
        ByteBuf out = Unpooled.buffer();
        var writer = new UpdateWriter(Negotiated.EXTENDED_MESSAGE, out);
        writer.announce(block, hosts(Family.IPV4_UNICAST, 13_098));

        assertThat(writer.messages()).isEqualTo(1);
        writer.announce(block, hosts(Family.IPV4_UNICAST, 13_099));
        assertThat(writer.messages()).isEqualTo(3);
    }

    /** Whatever the lengths of the prefixes and the room that the attributes leave. */
    @ParameterizedTest
    @EnumSource
    void whateverIsPackedArrivesWholeAndInOrder(Family family) {
        List<Prefix> prefixes = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            byte[] octets = new byte[family.addressLength()];
            octets[0] = 32;
            octets[1] = (byte) (i >> 8);
            octets[2] = (byte) i;
            prefixes.add(Prefix.containing(family.address(octets), 24 + i % (family.maxPrefixLength() - 23)));
        }
        for (int communities = 1; communities < 1000; communities += 37) {
            AttributeBlock.Encoded block = block(family, Sessions.external(), communities(communities));
            ByteBuf out = Unpooled.buffer();
            new UpdateWriter(STANDARD, out).announce(block, Nlri.of(prefixes));

            assertThat(received(out))
                    .flatExtracting(Update::announcements)
                    .flatExtracting(Update.Announcement::prefixes)
                    .isEqualTo(prefixes);
        }
    }

    /** An attribute of 255 octets still has a length of one octet: 63 communities have, 64 have not. */
    @ParameterizedTest
    @CsvSource({"63, c008fc", "64, d0080100"})
    void theLongLengthIsUsedWhereItIsNeeded(int communities, String head) {
        AttributeBlock.Encoded block = block(Family.IPV4_UNICAST, Sessions.external(), communities(communities));

        assertThat(Wire.written(block.attributes()::writeTo)).contains("c0000201" + head);
    }

    @Test
    void mpReachHasALongLengthWhereItIsNeeded() {
        AttributeBlock.Encoded block = block(Family.IPV6_UNICAST, Sessions.external());
        ByteBuf out = Unpooled.buffer();
        new UpdateWriter(STANDARD, out).announce(block, hosts(Family.IPV6_UNICAST, 14));
        assertThat(out.getUnsignedByte(23)).isEqualTo((short) 0x90);
        out.clear();
        new UpdateWriter(STANDARD, out).announce(block, hosts(Family.IPV6_UNICAST, 13));
        assertThat(out.getUnsignedByte(23)).isEqualTo((short) 0x80);
    }

    /** One octet more and not even one prefix would fit. */
    @ParameterizedTest
    @EnumSource
    void attributesThatLeaveNoRoomDoNotFit(Family family) {
        int fixed = family == Family.IPV4_UNICAST ? 23 + 20 + 4 + 5 : 23 + 13 + 4 + 21 + 4 + 17;
        AttributeBlock.Encoded full = block(family, Sessions.external(), filler(STANDARD - fixed));
        AttributeBlock.Encoded tooMuch = block(family, Sessions.external(), filler(STANDARD - fixed + 1));

        assertThat(UpdateWriter.fits(full, STANDARD)).isTrue();
        assertThat(lengths(writer -> writer.announce(full, hosts(family, 3)))).hasSize(3);
        assertThat(UpdateWriter.fits(tooMuch, STANDARD)).isFalse();
        assertThat(UpdateWriter.fits(tooMuch, Negotiated.EXTENDED_MESSAGE)).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lengths(writer -> writer.announce(tooMuch, hosts(family, 1))));
    }

    @Test
    void attributesLongerThanAnyMessageDoNotFit() {
        AttributeBlock.Encoded block = block(Family.IPV4_UNICAST, Sessions.external(), filler(70_000));

        assertThat(UpdateWriter.fits(block, Negotiated.EXTENDED_MESSAGE)).isFalse();
    }

    @Test
    void nothingIsWrittenForNothing() {
        assertThat(lengths(writer -> {
                    writer.announce(block(Family.IPV4_UNICAST, Sessions.external()), Nlri.of(List.of()));
                    writer.withdraw(Family.IPV6_UNICAST, Nlri.of(List.of()));
                }))
                .isEmpty();
    }

    @Test
    void whatIsWrittenIsReadAsItWasMeant() {
        ByteBuf out = Unpooled.buffer();
        var writer = new UpdateWriter(STANDARD, out);
        writer.withdraw(Family.IPV6_UNICAST, nlri("2001:db8:8::/48"));
        writer.announce(
                block(Family.IPV4_UNICAST, Sessions.external(), new Communities(List.of(Community.NO_EXPORT))),
                nlri("203.0.113.7/32"));
        writer.endOfRib(Family.IPV6_UNICAST);

        assertThat(received(out))
                .containsExactly(
                        Update.withdrawing(List.of(Prefix.parse("2001:db8:8::/48"))),
                        Update.announcing(
                                List.of(
                                        new RouteOrigin(Origin.IGP),
                                        new Path(AsPath.parse("64512")),
                                        new Communities(List.of(Community.NO_EXPORT))),
                                AddressLiteral.parse("192.0.2.1"),
                                List.of(Prefix.parse("203.0.113.7/32"))),
                        Update.endOfRib(Family.IPV6_UNICAST));
    }

    private static AttributeBlock.Encoded block(Family family, Negotiated session, PathAttribute... attributes) {
        RouteAttributes wanted = RouteAttributes.DEFAULT;
        for (PathAttribute attribute : attributes) {
            wanted = wanted.with(attribute);
        }
        return (AttributeBlock.Encoded) AttributeBlock.of(wanted, family, session, SELF);
    }

    private static AttributeBlock.Encoded by(Family family, Negotiated session, String... self) {
        return (AttributeBlock.Encoded) AttributeBlock.of(
                RouteAttributes.DEFAULT,
                family,
                session,
                Stream.of(self).map(AddressLiteral::parse).toList());
    }

    private static Communities communities(int count) {
        return new Communities(
                IntStream.range(0, count).mapToObj(i -> Community.of(64512, i)).toList());
    }

    /** An attribute whose value has so many octets, with a long length. */
    private static PathAttribute filler(int octets) {
        return new Unknown(99, 0xC0, Octets.of(new byte[octets]));
    }

    private static Nlri nlri(String... prefixes) {
        return Nlri.of(List.of(prefixes).stream().map(Prefix::parse).toList());
    }

    private static Nlri hosts(Family family, int count) {
        return Nlri.of(IntStream.range(0, count)
                .mapToObj(i -> {
                    byte[] octets = new byte[family.addressLength()];
                    octets[0] = 10;
                    octets[octets.length - 2] = (byte) (i >> 8);
                    octets[octets.length - 1] = (byte) i;
                    return Prefix.host(family.address(octets));
                })
                .toList());
    }

    private static List<Integer> lengths(Consumer<UpdateWriter> writing) {
        ByteBuf out = Unpooled.buffer();
        writing.accept(new UpdateWriter(STANDARD, out));
        List<Integer> lengths = new ArrayList<>();
        while (out.isReadable()) {
            int length = out.getUnsignedShort(out.readerIndex() + MessageCodec.MARKER);
            lengths.add(length);
            out.skipBytes(length);
        }
        return lengths;
    }

    private static List<Update> received(ByteBuf out) {
        List<Message> messages = Wire.received(out, Sessions.external(), STANDARD);
        return messages.stream().map(Update.class::cast).toList();
    }
}
