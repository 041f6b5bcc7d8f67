package io.berth.bgp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.bgp.AddressLiteral;
import io.berth.bgp.Asn;
import io.berth.bgp.NextHop;
import io.berth.bgp.RouteAttributes;
import io.berth.bgp.codec.AttributeBlock.Encoded;
import io.berth.bgp.codec.AttributeBlock.Form;
import io.berth.bgp.codec.AttributeBlock.Unannounceable;
import io.berth.bgp.message.AsPath;
import io.berth.bgp.message.Community;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.LargeCommunity;
import io.berth.bgp.message.Octets;
import io.berth.bgp.message.Origin;
import io.berth.bgp.message.PathAttribute.Aggregator;
import io.berth.bgp.message.PathAttribute.Communities;
import io.berth.bgp.message.PathAttribute.LargeCommunities;
import io.berth.bgp.message.PathAttribute.LocalPref;
import io.berth.bgp.message.PathAttribute.MultiExitDisc;
import io.berth.bgp.message.PathAttribute.Path;
import io.berth.bgp.message.PathAttribute.RouteOrigin;
import io.berth.bgp.message.PathAttribute.Unknown;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session makes of a route's attributes. */
class AttributeBlockTest {

    private static final InetAddress IPV4_SELF = AddressLiteral.parse("192.0.2.1");
    private static final InetAddress IPV6_SELF = AddressLiteral.parse("2001:db8::1");
    private static final RouteAttributes PLAIN = RouteAttributes.DEFAULT;

    private static final String ORIGIN = "40 01 01 00";
    private static final String NEXT_HOP = "40 03 04 c0000201";

    @Test
    void anExternalPeerIsToldOurAsAndNoLocalPref() {
        assertThat(ipv4(PLAIN.with(new LocalPref(200)), Sessions.external()))
                .isEqualTo(Wire.plain(ORIGIN + "40 02 06 02 01 0000fc00" + NEXT_HOP));
    }

    @Test
    void anInternalPeerIsToldAnEmptyPathAndALocalPref() {
        assertThat(ipv4(PLAIN, Sessions.internal()))
                .isEqualTo(Wire.plain(ORIGIN + "40 02 00" + NEXT_HOP + "40 05 04 00000064"));
        assertThat(ipv4(PLAIN.with(new LocalPref(0)), Sessions.internal())).endsWith(Wire.plain("40 05 04 00000000"));
    }

    @Test
    void attributesStandInTheOrderOfTheirCodes() {
        RouteAttributes everything = new RouteAttributes(
                new NextHop.At(AddressLiteral.parse("198.51.100.9")),
                List.of(
                        new Unknown(99, 0xFF, Octets.of((byte) 7)),
                        new LargeCommunities(List.of(LargeCommunity.parse("64512:1:2"))),
                        new Communities(List.of(Community.NO_EXPORT, Community.of(64512, 100))),
                        new MultiExitDisc(10),
                        new RouteOrigin(Origin.INCOMPLETE),
                        new Path(AsPath.parse("64512 64512")),
                        new LocalPref(200)));

        assertThat(ipv4(everything, Sessions.internal())).isEqualTo(Wire.plain("""
            40 01 01 02                            # ORIGIN INCOMPLETE
            40 02 0a 02 02 0000fc00 0000fc00       # AS_PATH 64512 64512
            40 03 04 c6336409                      # NEXT_HOP 198.51.100.9
            80 04 04 0000000a                      # MED 10
            40 05 04 000000c8                      # LOCAL_PREF 200
            c0 08 08 fc000064 ffffff01             # COMMUNITIES, sorted
            c0 20 0c 0000fc00 00000001 00000002    # LARGE_COMMUNITY
            e0 63 01 07                            # unknown, reserved flags cleared
            """));
    }

    /** Routers drop a path from an external peer that does not begin with the peer's AS. */
    @ParameterizedTest
    @CsvSource({
        "'', 02 01 0000fc00",
        "65000, 02 02 0000fc00 0000fde8",
        "64512, 02 01 0000fc00",
        "64512 64512 65000, 02 03 0000fc00 0000fc00 0000fde8"
    })
    void ourAsStandsFirstForAnExternalPeer(String path, String segment) {
        assertThat(ipv4(PLAIN.with(new Path(AsPath.parse(path))), Sessions.external()))
                .contains(Wire.plain("40 02 %02x".formatted(Wire.octets(segment).length) + segment + NEXT_HOP));
    }

    /** A segment counts up to 255 numbers. */
    @Test
    void aLongPathIsCutIntoSegments() {
        AsPath path = AsPath.sequence(Collections.nCopies(256, Sessions.LOCAL_AS));

        assertThat(ipv4(PLAIN.with(new Path(path)), Sessions.external()))
                .contains(Wire.plain("50 02 0404 02 ff" + "0000fc00".repeat(255) + "02 01 0000fc00" + NEXT_HOP));
    }

    /** RFC 6793 section 4.2.2. */
    @Test
    void aTwoOctetPeerIsToldAsTransAndTheWholeNumbersBeside() {
        Negotiated session = Sessions.twoOctetsFrom(new Asn(4_200_000_000L));
        RouteAttributes attributes = PLAIN.with(new Path(AsPath.parse("4200000000 64999")))
                .with(new Aggregator(new Asn(65536), (Inet4Address) AddressLiteral.parse("192.0.2.9")))
                .with(new LargeCommunities(List.of(LargeCommunity.parse("1:2:3"))));

        assertThat(ipv4(attributes, session)).isEqualTo(Wire.plain(ORIGIN + """
            40 02 06 02 02 5ba0 fde7                   # AS_PATH 23456 64999
            40 03 04 c0000201
            c0 07 06 5ba0 c0000209                     # AGGREGATOR 23456
            c0 11 0a 02 02 fa56ea00 0000fde7           # AS4_PATH
            c0 12 08 00010000 c0000209                 # AS4_AGGREGATOR
            c0 20 0c 00000001 00000002 00000003
            """));
    }

    @Test
    void aTwoOctetPeerIsToldNothingBesideWhereTwoOctetsAreEnough() {
        assertThat(ipv4(PLAIN, Sessions.twoOctets())).isEqualTo(Wire.plain(ORIGIN + "40 02 04 02 01 fc00" + NEXT_HOP));
    }

    @Test
    void anIpv6NextHopStandsOutsideOfTheAttributes() {
        var block = (Encoded) block(PLAIN, Family.IPV6_UNICAST, Sessions.external(), IPV4_SELF, IPV6_SELF);

        assertThat(nextHop(block)).isEqualTo(Wire.plain("20010db8000000000000000000000001"));
        assertThat(Wire.written(block.attributes()::writeTo)).isEqualTo(Wire.plain(ORIGIN + "40 02 06 02 01 0000fc00"));
    }

    /** RFC 2545 section 3: the global address, then the one of the link that we share with the peer. */
    @Test
    void onASharedLinkTheLinkLocalAddressStandsBesideTheGlobalOne() {
        InetAddress linkLocal = AddressLiteral.parse("fe80::1");

        assertThat(nextHop(block(PLAIN, Family.IPV6_UNICAST, Sessions.external(), IPV4_SELF, IPV6_SELF, linkLocal)))
                .isEqualTo(Wire.plain("20010db8000000000000000000000001 fe800000000000000000000000000001"));
        assertThat(nextHop(block(PLAIN, Family.IPV6_UNICAST, Sessions.external(), linkLocal, IPV4_SELF, IPV6_SELF)))
                .isEqualTo(Wire.plain("20010db8000000000000000000000001 fe800000000000000000000000000001"));
    }

    /** The link-local address is ours, and a next hop that is somebody else's has none. */
    @Test
    void aNextHopThatIsGivenStandsAlone() {
        RouteAttributes at = PLAIN.with(new NextHop.At(AddressLiteral.parse("2001:db8::9")));

        assertThat(nextHop(block(
                        at, Family.IPV6_UNICAST, Sessions.external(), IPV6_SELF, AddressLiteral.parse("fe80::1"))))
                .isEqualTo(Wire.plain("20010db8000000000000000000000009"));
    }

    /** RFC 8950. */
    @Test
    void anIpv4RouteGoesByWayOfIpv6WhereThePeerReadsThatAndThereIsNoOtherWay() {
        RouteAttributes at = PLAIN.with(new NextHop.At(IPV6_SELF));
        AttributeBlock block = block(PLAIN, Family.IPV4_UNICAST, Sessions.extendedNextHops(), IPV6_SELF);

        assertThat(nextHop(block)).isEqualTo(Wire.plain("20010db8000000000000000000000001"));
        assertThat(Wire.written(((Encoded) block).attributes()::writeTo))
                .isEqualTo(Wire.plain(ORIGIN + "40 02 06 02 01 0000fc00"));
        assertThat(block(at, Family.IPV4_UNICAST, Sessions.extendedNextHops(), IPV4_SELF))
                .isEqualTo(block);
        assertThat(ipv4(PLAIN, Sessions.extendedNextHops())).isEqualTo(ipv4(PLAIN, Sessions.external()));
        assertThat(((Encoded) block(PLAIN, Family.IPV4_UNICAST, Sessions.extendedNextHops(), IPV6_SELF, IPV4_SELF))
                        .form())
                .isEqualTo(new Form.Classic());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fe80::1", "::", "192.0.2.1"})
    void anAddressThatIsNoIpv6NextHopMakesARouteUnannounceable(String address) {
        assertThat(block(PLAIN, Family.IPV6_UNICAST, Sessions.external(), AddressLiteral.parse(address)))
                .isEqualTo(new Unannounceable("no next hop is known that fits IPv6 unicast"));
    }

    @Test
    void anIpv4RouteNeedsAnIpv4NextHop() {
        RouteAttributes at = PLAIN.with(new NextHop.At(IPV6_SELF));

        assertThat(block(PLAIN, Family.IPV4_UNICAST, Sessions.external(), IPV6_SELF))
                .isEqualTo(new Unannounceable("no next hop is known that fits IPv4 unicast"));
        assertThat(block(at, Family.IPV4_UNICAST, Sessions.external(), IPV4_SELF))
                .isInstanceOf(Unannounceable.class);
    }

    /** What goes to the wire decides whether two sets are one: LOCAL_PREF does not go to external peers. */
    @Test
    void setsThatLookTheSameOnTheWireAreEqual() {
        RouteAttributes other = PLAIN.with(new LocalPref(200));

        assertThat(block(PLAIN, Family.IPV4_UNICAST, Sessions.external(), IPV4_SELF))
                .isEqualTo(block(other, Family.IPV4_UNICAST, Sessions.external(), IPV4_SELF))
                .hasSameHashCodeAs(block(other, Family.IPV4_UNICAST, Sessions.external(), IPV4_SELF));
        assertThat(block(PLAIN, Family.IPV4_UNICAST, Sessions.internal(), IPV4_SELF))
                .isNotEqualTo(block(other, Family.IPV4_UNICAST, Sessions.internal(), IPV4_SELF));
    }

    /** What MP_REACH_NLRI says of it. */
    private static String nextHop(AttributeBlock block) {
        return Wire.written(((Form.Multiprotocol) ((Encoded) block).form()).nextHop()::writeTo);
    }

    private static String ipv4(RouteAttributes attributes, Negotiated session) {
        var block = (Encoded) block(attributes, Family.IPV4_UNICAST, session, IPV4_SELF);
        return Wire.written(block.attributes()::writeTo);
    }

    private static AttributeBlock block(
            RouteAttributes attributes, Family family, Negotiated session, InetAddress... self) {
        return AttributeBlock.of(attributes, family, session, List.of(self));
    }
}
