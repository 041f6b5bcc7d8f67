package io.berth.bgp.codec;

import static io.berth.bgp.message.AttributeType.Treatment.DISCARD;
import static io.berth.bgp.message.AttributeType.Treatment.TREAT_AS_WITHDRAW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.berth.bgp.AddressLiteral;
import io.berth.bgp.Asn;
import io.berth.bgp.BgpIdentifier;
import io.berth.bgp.Prefix;
import io.berth.bgp.message.AsPath;
import io.berth.bgp.message.AttributeType.Treatment;
import io.berth.bgp.message.Community;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.LargeCommunity;
import io.berth.bgp.message.Octets;
import io.berth.bgp.message.Origin;
import io.berth.bgp.message.PathAttribute;
import io.berth.bgp.message.PathAttribute.Aggregator;
import io.berth.bgp.message.PathAttribute.AtomicAggregate;
import io.berth.bgp.message.PathAttribute.ClusterList;
import io.berth.bgp.message.PathAttribute.Communities;
import io.berth.bgp.message.PathAttribute.ExtendedCommunities;
import io.berth.bgp.message.PathAttribute.LargeCommunities;
import io.berth.bgp.message.PathAttribute.LocalPref;
import io.berth.bgp.message.PathAttribute.MultiExitDisc;
import io.berth.bgp.message.PathAttribute.OriginatorId;
import io.berth.bgp.message.PathAttribute.Path;
import io.berth.bgp.message.PathAttribute.RouteOrigin;
import io.berth.bgp.message.PathAttribute.Unknown;
import io.berth.bgp.message.Update;
import io.berth.bgp.message.Update.Announcement;
import io.berth.bgp.message.Update.AttributeError;
import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of an UPDATE, the good ones first; section numbers without a name are those of RFC 7606. */
class UpdateDecoderTest {

    private static final String ORIGIN = "40 01 01 00";
    private static final String AS_PATH = "40 02 06 02 01 0000fc01";
    private static final String NEXT_HOP = "40 03 04 c6336401";
    private static final String LOCAL_PREF = "40 05 04 00000064";
    private static final String MANDATORY = ORIGIN + AS_PATH + NEXT_HOP;

    private static final String PREFIX = "20 cb007107";
    private static final Prefix DECODED_PREFIX = Prefix.parse("203.0.113.7/32");

    /** AFI 2, SAFI 1, next hop 2001:db8::1, 2001:db8:7::/48. */
    private static final String IPV6_REACH = "80 0e 1c 0002 01 10 20010db8000000000000000000000001 00 30 20010db80007";

    private static final Prefix IPV6_PREFIX = Prefix.parse("2001:db8:7::/48");

    @Nested
    class WellFormed {

        @Test
        void aRouteHasItsAttributesInTheOrderOfTheirCodes() {
            Update update = decode(Sessions.external(), Wire.update("", NEXT_HOP + AS_PATH + ORIGIN, PREFIX));

            assertThat(update)
                    .isEqualTo(Update.announcing(
                            List.of(new RouteOrigin(Origin.IGP), new Path(AsPath.parse("64513"))),
                            AddressLiteral.parse("198.51.100.1"),
                            List.of(DECODED_PREFIX)));
        }

        @Test
        void everyAttributeIsUnderstood() {
            Update update = decode(Sessions.internal(), Wire.update("", """
                40 01 01 02                                # ORIGIN INCOMPLETE
                50 02 000a 02 02 0000fc01 fa56ea00         # AS_PATH 64513 4200000000, long length
                40 03 04 c6336401                          # NEXT_HOP 198.51.100.1
                80 04 04 ffffffff                          # MED
                40 05 04 000000c8                          # LOCAL_PREF 200
                40 06 00                                   # ATOMIC_AGGREGATE
                e0 07 08 0000fc01 c6336402                 # AGGREGATOR, partial
                c0 08 08 ffffff01 fc000064                 # no-export, 64512:100
                80 09 04 c6336403                          # ORIGINATOR_ID
                80 0a 08 00000001 c6336403                 # CLUSTER_LIST
                c0 10 08 4004fc0049742400                  # link bandwidth
                c0 20 0c 0000fc00 00000001 ffffffff        # 64512:1:4294967295
                cf 63 02 abcd                              # nobody knows 99
                """, PREFIX));

            assertThat(update.errors()).isEmpty();
            assertThat(update.attributes())
                    .containsExactly(
                            new RouteOrigin(Origin.INCOMPLETE),
                            new Path(AsPath.parse("64513 4200000000")),
                            new MultiExitDisc(4_294_967_295L),
                            new LocalPref(200),
                            new AtomicAggregate(),
                            new Aggregator(new Asn(64513), (Inet4Address) AddressLiteral.parse("198.51.100.2")),
                            new Communities(List.of(Community.of(64512, 100), Community.NO_EXPORT)),
                            new OriginatorId(BgpIdentifier.parse("198.51.100.3")),
                            new ClusterList(List.of(1, 0xc6336403)),
                            new ExtendedCommunities(List.of(0x4004fc0049742400L)),
                            new LargeCommunities(List.of(LargeCommunity.parse("64512:1:4294967295"))),
                            new Unknown(99, 0xc0, Octets.of((byte) 0xab, (byte) 0xcd)));
        }

        @Test
        void withdrawnRoutesNeedNoAttributes() {
            Update update = decode(Sessions.external(), Wire.update(PREFIX + "18 cb0071 00", "", ""));

            assertThat(update)
                    .isEqualTo(Update.withdrawing(
                            List.of(DECODED_PREFIX, Prefix.parse("203.0.113.0/24"), Prefix.parse("0.0.0.0/0"))));
        }

        /** RFC 4271 section 4.3: the trailing bits are irrelevant. */
        @ParameterizedTest
        @CsvSource({
            "18 cb0071, 203.0.113.0/24",
            "17 cb0071, 203.0.112.0/23",
            "01 ff, 128.0.0.0/1",
            "20 ffffffff, 255.255.255.255/32",
            "00, 0.0.0.0/0"
        })
        void bitsBeyondThePrefixAreCleared(String nlri, String prefix) {
            assertThat(announced(Sessions.external(), Wire.update("", MANDATORY, nlri)))
                    .containsExactly(Prefix.parse(prefix));
        }

        @Test
        void ipv6ComesInMpReach() {
            Update update = decode(Sessions.external(), Wire.update("", ORIGIN + AS_PATH + IPV6_REACH, ""));

            assertThat(update.announcements())
                    .containsExactly(new Announcement(AddressLiteral.parse("2001:db8::1"), List.of(IPV6_PREFIX)));
        }

        /** The reserved octet was once a count, and is to be ignored (RFC 4760 section 3). */
        @Test
        void ofTwoNextHopsTheGlobalOneCounts() {
            Update update = decode(Sessions.external(), Wire.update("", """
                90 0e 002c                                    # MP_REACH_NLRI
                  0002 01                                     # IPv6 unicast
                  20 20010db8000000000000000000000001         # global
                     fe800000000000000000000000000001         # link-local
                  ff                                          # reserved
                  30 20010db80007
                """ + ORIGIN + AS_PATH, ""));

            assertThat(update.announcements())
                    .containsExactly(new Announcement(AddressLiteral.parse("2001:db8::1"), List.of(IPV6_PREFIX)));
        }

        @ParameterizedTest
        @CsvSource({"04 c6336401, 198.51.100.1", "10 20010db8000000000000000000000001, 2001:db8::1"})
        void ipv4MayComeInMpReachToo(String nextHop, String address) {
            String value = Wire.plain("0001 01" + nextHop + "00" + PREFIX);
            Update update = decode(
                    Sessions.external(),
                    Wire.update("", "80 0e %02x".formatted(value.length() / 2) + value + ORIGIN + AS_PATH, ""));

            assertThat(update.announcements())
                    .containsExactly(new Announcement(AddressLiteral.parse(address), List.of(DECODED_PREFIX)));
        }

        /** An IPv4-mapped prefix is an IPv6 prefix like any other. */
        @Test
        void anIpv4MappedPrefixStaysIpv6() {
            Update update = decode(
                    Sessions.external(), Wire.update("", "80 0f 14 0002 01 80 00000000000000000000ffffc0000201", ""));

            assertThat(update.withdrawn()).extracting(Prefix::toString).containsExactly("::ffff:c000:201/128");
        }

        @Test
        void allKindsOfPrefixesMayComeInOneMessage() {
            Update update = decode(
                    Sessions.external(),
                    Wire.update("18 cb0071", MANDATORY + IPV6_REACH + "80 0f 09 0002 01 28 20010db8ff", PREFIX));

            assertThat(update.withdrawn())
                    .containsExactly(Prefix.parse("203.0.113.0/24"), Prefix.parse("2001:db8:ff00::/40"));
            assertThat(update.announcements())
                    .containsExactly(
                            new Announcement(AddressLiteral.parse("2001:db8::1"), List.of(IPV6_PREFIX)),
                            new Announcement(AddressLiteral.parse("198.51.100.1"), List.of(DECODED_PREFIX)));
        }

        /** RFC 4724 section 2. */
        @Test
        void endOfRibIsAnUpdateThatSaysNothing() {
            assertThat(decode(Sessions.external(), Wire.update("", "", "")))
                    .isEqualTo(Update.endOfRib(Family.IPV4_UNICAST));
            assertThat(decode(Sessions.external(), Wire.update("", "80 0f 03 0002 01", "")))
                    .isEqualTo(Update.endOfRib(Family.IPV6_UNICAST));
            assertThat(decode(Sessions.external(), Wire.update("", "90 0f 0003 0001 01", "")))
                    .isEqualTo(Update.endOfRib(Family.IPV4_UNICAST));
        }

        @Test
        void endOfRibOfAFamilyThatNobodyNegotiatedSaysNothingAtAll() {
            assertThat(decode(Sessions.ipv6Only(), Wire.update("", "", "")).endOfRib())
                    .isEmpty();
            assertThat(decode(Sessions.ipv4Only(), Wire.update("", "80 0f 03 0002 01", ""))
                            .endOfRib())
                    .isEmpty();
        }

        @Test
        void anEmptyMpUnreachBesideOtherThingsIsNoEndOfRib() {
            assertThat(decode(Sessions.external(), Wire.update("", "80 0f 03 0002 01" + MANDATORY, PREFIX))
                            .endOfRib())
                    .isEmpty();
        }
    }

    @Nested
    class FamiliesThatNobodyNegotiated {

        @Test
        void theirPrefixesAreNotEvenLookedAt() {
            Update update = decode(
                    Sessions.ipv4Only(),
                    Wire.update(
                            "", MANDATORY + "80 0e 0a 4004 47 04 00000000 00 ff" + "80 0f 05 0002 01 ff ff", PREFIX));

            assertThat(update.announcements()).hasSize(1);
            assertThat(update.withdrawn()).isEmpty();
            assertThat(update.errors())
                    .containsExactly(
                            new AttributeError(DISCARD, "AFI 2 SAFI 1 was not negotiated"),
                            new AttributeError(DISCARD, "AFI 16388 SAFI 71 was not negotiated"));
        }

        @Test
        void classicFieldsAreIgnoredOnASessionForIpv6() {
            Update update = decode(Sessions.ipv6Only(), Wire.update(PREFIX, MANDATORY, PREFIX));

            assertThat(update.announcements()).isEmpty();
            assertThat(update.withdrawn()).isEmpty();
            assertThat(update.errors()).containsOnly(new AttributeError(DISCARD, "AFI 1 SAFI 1 was not negotiated"));
        }
    }

    @Nested
    class TreatedAsWithdrawn {

        @ParameterizedTest
        @CsvSource({
            "40 01 00, ORIGIN: length 0 instead of 1",
            "40 01 02 0000, ORIGIN: length 2 instead of 1",
            "40 01 01 03, ORIGIN: value 3",
            "c0 01 01 00, ORIGIN: flags c0",
            "40 02 05 02 01 0000fc, 'AS_PATH: 4 octets wanted, 3 left'",
            "40 02 01 02, 'AS_PATH: 1 octets wanted, 0 left'",
            "40 02 07 02 01 0000fc01 02, 'AS_PATH: 1 octets wanted, 0 left'",
            "40 02 02 02 00, AS_PATH: segment without numbers",
            "40 02 06 01 01 0000fc01, AS_PATH: segment of type 1", // AS_SET, RFC 9774
            "40 02 06 03 01 0000fc01, AS_PATH: segment of type 3", // a confederation's, RFC 5065
            "40 02 06 04 01 0000fc01, AS_PATH: segment of type 4",
            "40 02 06 05 01 0000fc01, AS_PATH: segment of type 5",
            "40 02 06 02 01 00000000, AS_PATH: AS 0", // RFC 7607
            "40 03 03 c63364, NEXT_HOP: length 3 instead of 4",
            "40 03 10 20010db8000000000000000000000001, NEXT_HOP: length 16 instead of 4",
            "40 03 04 00000000, NEXT_HOP: address 0.0.0.0",
            "40 03 04 e0000001, NEXT_HOP: address 224.0.0.1",
            "40 03 04 ffffffff, NEXT_HOP: address 255.255.255.255",
            "80 03 04 c6336401, NEXT_HOP: flags 80"
        })
        void aMandatoryAttributeThatIsMalformed(String attribute, String error) {
            String code = Wire.plain(attribute).substring(2, 4);
            String others = Stream.of(ORIGIN, AS_PATH, NEXT_HOP)
                    .filter(other -> !Wire.plain(other).substring(2, 4).equals(code))
                    .reduce("", String::concat);

            assertWithdrawn(Sessions.external(), attribute + others, error);
        }

        @ParameterizedTest
        @CsvSource({
            "80 04 03 000000, MULTI_EXIT_DISC: length 3 instead of 4",
            "c0 04 04 00000000, MULTI_EXIT_DISC: flags c0",
            "80 06 00, ATOMIC_AGGREGATE: flags 80",
            "c0 08 00, COMMUNITIES: length 0 instead of a multiple of 4",
            "c0 08 03 000000, COMMUNITIES: length 3 instead of a multiple of 4",
            "80 08 04 00000000, COMMUNITIES: flags 80",
            "c0 10 07 00000000000000, EXTENDED_COMMUNITIES: length 7 instead of a multiple of 8",
            "c0 10 00, EXTENDED_COMMUNITIES: length 0 instead of a multiple of 8",
            "c0 20 0b 0000000000000000000000, LARGE_COMMUNITIES: length 11 instead of a multiple of 12",
            "c0 20 00, LARGE_COMMUNITIES: length 0 instead of a multiple of 12",
            "c0 08 08 00000000, 'path attributes: 8 octets wanted, 4 left'", // section 4
            "c0, 'path attributes: 1 octets wanted, 0 left'",
            "c0 08, 'path attributes: 1 octets wanted, 0 left'",
            "d0 08 00, 'path attributes: 1 octets wanted, 0 left'"
        })
        void anotherAttributeThatIsMalformed(String attribute, String error) {
            assertWithdrawn(Sessions.external(), MANDATORY + attribute, error);
        }

        @ParameterizedTest
        @CsvSource({
            "40 05 03 000000, LOCAL_PREF: length 3 instead of 4",
            "80 09 03 000000, ORIGINATOR_ID: length 3 instead of 4",
            "80 0a 00, CLUSTER_LIST: length 0 instead of a multiple of 4",
            "80 0a 05 0000000000, CLUSTER_LIST: length 5 instead of a multiple of 4"
        })
        void anAttributeOfInternalPeersThatIsMalformed(String attribute, String error) {
            String localPref = attribute.startsWith("40 05") ? "" : LOCAL_PREF;

            assertWithdrawn(Sessions.internal(), MANDATORY + localPref + attribute, error);
        }

        /** Section 3.d. */
        @Test
        void aMandatoryAttributeThatIsMissing() {
            assertWithdrawn(Sessions.external(), AS_PATH + NEXT_HOP, "ORIGIN: missing");
            assertWithdrawn(Sessions.external(), ORIGIN + NEXT_HOP, "AS_PATH: missing");
            assertWithdrawn(Sessions.external(), ORIGIN + AS_PATH, "NEXT_HOP: missing");
            assertWithdrawn(Sessions.internal(), MANDATORY, "LOCAL_PREF: missing");
            assertWithdrawn(Sessions.external(), "", "NEXT_HOP: missing");
        }

        @Test
        void ipv6RoutesAsWell() {
            Update update = decode(Sessions.external(), Wire.update("", IPV6_REACH + "40 01 01 07" + AS_PATH, ""));

            assertThat(update.withdrawn()).containsExactly(IPV6_PREFIX);
            assertThat(update.announcements()).isEmpty();
        }

        /** What MP_REACH_NLRI carries has its next hop there (RFC 4760 section 3). */
        @Test
        void butNotForANextHopThatNoPrefixNeeds() {
            Update update =
                    decode(Sessions.external(), Wire.update("", IPV6_REACH + ORIGIN + AS_PATH + "40 03 01 00", ""));

            assertThat(update.announcements()).hasSize(1);
        }

        private void assertWithdrawn(Negotiated session, String attributes, String error) {
            Update update = decode(session, Wire.update("18 cb0070", attributes, PREFIX));

            assertThat(update.withdrawn()).contains(Prefix.parse("203.0.112.0/24"), DECODED_PREFIX);
            assertThat(update.announcements()).isEmpty();
            assertThat(update.attributes()).isEmpty();
            assertThat(update.errors()).contains(new AttributeError(TREAT_AS_WITHDRAW, error));
        }
    }

    @Nested
    class Discarded {

        @ParameterizedTest
        @CsvSource({
            "40 06 01 00, ATOMIC_AGGREGATE: length 1 instead of 0",
            "c0 07 06 fc01c6336402, AGGREGATOR: length 6 instead of 8",
            "c0 07 08 00000000c6336402, AGGREGATOR: AS 0",
            "40 05 04 00000064, LOCAL_PREF: from an external peer",
            "40 05 01 00, LOCAL_PREF: from an external peer",
            "80 09 04 c6336403, ORIGINATOR_ID: from an external peer",
            "80 0a 03 c63364, CLUSTER_LIST: from an external peer",
            "c0 11 06 02 01 0000fc01, AS4_PATH: from a peer with four-octet AS numbers",
            "c0 12 08 0000fc01c6336402, AS4_AGGREGATOR: from a peer with four-octet AS numbers",
            "40 01 01 02, 'attribute 1 twice, the first one counts'"
        })
        void anAttributeThatDoesNotMatterMuch(String attribute, String error) {
            Update update = decode(Sessions.external(), Wire.update("", MANDATORY + attribute, PREFIX));

            assertThat(update.announcements()).hasSize(1);
            assertThat(update.attributes())
                    .containsExactly(new RouteOrigin(Origin.IGP), new Path(AsPath.parse("64513")));
            assertThat(update.errors()).containsExactly(new AttributeError(DISCARD, error));
        }

        @Test
        void theMostSevereErrorDecides() {
            Update update =
                    decode(Sessions.external(), Wire.update("", MANDATORY + "40 06 01 00" + "c0 08 01 00", PREFIX));

            assertThat(update.errors())
                    .extracting(AttributeError::treatment)
                    .containsExactly(DISCARD, TREAT_AS_WITHDRAW);
            assertThat(update.withdrawn()).containsExactly(DECODED_PREFIX);
        }
    }

    @Nested
    class EndOfTheSession {

        @ParameterizedTest
        @CsvSource({
            "0005 0000, withdrawn routes", // longer than the message
            "0000 0001, path attributes",
            "0000, path attributes",
            "00, withdrawn routes"
        })
        void fieldsThatDoNotFit(String body, String field) {
            assertReset(body, 1, "", field);
        }

        @ParameterizedTest
        @ValueSource(strings = {"21 cb00710700", "20 cb0071", "18 cb00", "ff"})
        void prefixesThatCannotBeRead(String prefixes) {
            assertReset(body("", MANDATORY, prefixes), 10, "", "NLRI");
            assertReset(body(prefixes, "", ""), 10, "", "NLRI");
        }

        /** The data is the attribute (RFC 4271 section 6.3). */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "80 0e 00", // nothing at all
                    "80 0e 02 0002",
                    "80 0e 03 0002 01", // no next hop
                    "80 0e 05 0002 01 00 00", // an empty next hop
                    "80 0e 09 0002 01 04 c6336401 00", // an IPv4 next hop for IPv6
                    "80 0e 0a 0001 01 05 c633640100 00", // of 5 octets
                    "80 0e 05 0002 01 10 00", // cut off
                    "80 0e 16 0002 01 10 20010db8000000000000000000000001 00 81", // /129
                    "80 0e 16 0002 01 10 20010db8000000000000000000000001 00 08", // /8 without its octet
                    "c0 0e 15 0002 01 10 20010db8000000000000000000000001 00", // transitive
                    "80 0f 00",
                    "80 0f 02 0002",
                    "80 0f 05 0002 01 10 20",
                    "40 0f 03 0002 01"
                })
        void aMultiprotocolAttributeThatCannotBeRead(String attribute) {
            assertReset(body("", attribute, ""), 9, Wire.plain(attribute), "MP_");
        }

        /** Section 3.g. */
        @Test
        void aMultiprotocolAttributeThatIsRepeated() {
            assertReset(body("", "80 0f 03 0002 01 80 0f 03 0002 01", ""), 1, "", "MP_UNREACH_NLRI twice");
            assertReset(body("", IPV6_REACH + IPV6_REACH + ORIGIN + AS_PATH, ""), 1, "", "MP_REACH_NLRI twice");
        }

        @Test
        void anAttributeThatClaimsToBeWellKnownAndIsNot() {
            assertReset(body("", MANDATORY + "40 63 02 abcd", PREFIX), 2, "406302abcd", "attribute 99");
        }

        /** Section 5.2: who knows what prefixes were in what could not be read. */
        @Test
        void anErrorWhereNoPrefixIsAnnounced() {
            assertReset(body("", "40 01 01 07", ""), 1, "", "ORIGIN: value 7");
            assertReset(body(PREFIX, "40 01 01 07", ""), 1, "", "ORIGIN: value 7");
            assertReset(body("", "80 0f 03 0002 01" + "c0 08 01 00", ""), 1, "", "COMMUNITIES");
            assertReset(body("", "c0 08 ff 00", ""), 1, "", "path attributes");
        }

        @Test
        void butNotWhereTheErrorDoesNotMatterMuch() {
            Update update = decode(Sessions.external(), Wire.update(PREFIX, "40 06 01 00", ""));

            assertThat(update.withdrawn()).containsExactly(DECODED_PREFIX);
        }

        /** Nor where prefixes of another family are announced. */
        @Test
        void norWhereThePrefixesAreOfAFamilyThatNobodyNegotiated() {
            Update update = decode(Sessions.ipv4Only(), Wire.update("", IPV6_REACH + "40 01 01 07" + AS_PATH, ""));

            assertThat(update.withdrawn()).isEmpty();
            assertThat(update.errors())
                    .extracting(AttributeError::treatment)
                    .containsExactly(Treatment.DISCARD, Treatment.TREAT_AS_WITHDRAW);
        }

        private static String body(String withdrawn, String attributes, String nlri) {
            return Wire.update(withdrawn, attributes, nlri).body().toString();
        }

        private static void assertReset(String body, int subcode, String data, String detail) {
            assertThatExceptionOfType(MalformedMessage.class)
                    .isThrownBy(() ->
                            UpdateDecoder.decode(new WireReader(Octets.of(Wire.octets(body))), Sessions.external()))
                    .satisfies(malformed -> {
                        assertThat(malformed.notification().code()).isEqualTo(3);
                        assertThat(malformed.notification().subcode()).isEqualTo(subcode);
                        assertThat(malformed.notification().data()).hasToString(data);
                        assertThat(malformed.detail()).contains(detail);
                    });
        }
    }

    /** RFC 6793 section 4.2.3. */
    @Nested
    class FromATwoOctetPeer {

        /** AS_PATH 64513 23456 23456, as a two-octet speaker passes it on. */
        private static final String NARROW = "40 02 08 02 03 fc01 5ba0 5ba0";

        private static final String WIDE = "c0 11 0a 02 02 fa56ea00 fa56ea01";

        @Test
        void theLastNumbersArePutBack() {
            assertThat(path(NARROW + WIDE)).hasToString("64513 4200000000 4200000001");
        }

        @Test
        void theOrderOfTheAttributesDoesNotMatter() {
            assertThat(path(WIDE + NARROW)).hasToString("64513 4200000000 4200000001");
        }

        @Test
        void aLongerAs4PathIsIgnored() {
            assertThat(path("40 02 04 02 01 5ba0" + WIDE)).hasToString("23456");
        }

        @Test
        void aMalformedAs4PathIsDiscarded() {
            assertThat(path(NARROW + "c0 11 02 02 00")).hasToString("64513 23456 23456");
        }

        @Test
        void anAs4PathWithoutAnAsPathIsNoPath() {
            assertThat(decode(Sessions.twoOctets(), Wire.update("", ORIGIN + NEXT_HOP + WIDE, PREFIX))
                            .withdrawn())
                    .containsExactly(DECODED_PREFIX);
        }

        @Test
        void theAggregatorIsPutBackToo() {
            Update update = update(NARROW + WIDE + "c0 07 06 5ba0 c6336402" + "c0 12 08 fa56ea00 c6336402");

            assertThat(update.attribute(Aggregator.class).orElseThrow().as()).isEqualTo(new Asn(4_200_000_000L));
            assertThat(update.attribute(Path.class).orElseThrow().path()).hasToString("64513 4200000000 4200000001");
        }

        /** Somebody who knows only two octets has aggregated since. */
        @Test
        void anAggregatorThatFitsInTwoOctetsMakesBothOutOfDate() {
            Update update = update(NARROW + WIDE + "c0 07 06 fc01 c6336402" + "c0 12 08 fa56ea00 c6336402");

            assertThat(update.attribute(Aggregator.class).orElseThrow().as()).isEqualTo(new Asn(64513));
            assertThat(update.attribute(Path.class).orElseThrow().path()).hasToString("64513 23456 23456");
        }

        @Test
        void anAs4AggregatorAloneIsNone() {
            assertThat(update(NARROW + "c0 12 08 fa56ea00 c6336402").attribute(Aggregator.class))
                    .isEmpty();
        }

        private static AsPath path(String attributes) {
            return update(attributes).attribute(Path.class).orElseThrow().path();
        }

        private static Update update(String attributes) {
            return decode(Sessions.twoOctets(), Wire.update("", ORIGIN + NEXT_HOP + attributes, PREFIX));
        }
    }

    @Test
    void anAttributeThatIsNotThereIsEmpty() {
        Update update = decode(Sessions.external(), Wire.update("", MANDATORY, PREFIX));

        assertThat(update.attribute(PathAttribute.LocalPref.class)).isEmpty();
    }

    private static List<Prefix> announced(Negotiated session, MessageCodec.Frame frame) {
        return decode(session, frame).announcements().getFirst().prefixes();
    }

    private static Update decode(Negotiated session, MessageCodec.Frame frame) {
        return (Update) MessageCodec.decode(frame, Optional.of(session));
    }
}
