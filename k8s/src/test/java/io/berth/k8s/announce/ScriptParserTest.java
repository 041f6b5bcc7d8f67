package io.berth.k8s.announce;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.bgp.Asn;
import io.berth.bgp.NextHop;
import io.berth.bgp.Prefix;
import io.berth.bgp.RouteAttributes;
import io.berth.bgp.message.AsPath;
import io.berth.bgp.message.Community;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.LargeCommunity;
import io.berth.bgp.message.Origin;
import io.berth.bgp.message.PathAttribute.Communities;
import io.berth.bgp.message.PathAttribute.LargeCommunities;
import io.berth.bgp.message.PathAttribute.LocalPref;
import io.berth.bgp.message.PathAttribute.MultiExitDisc;
import io.berth.bgp.message.PathAttribute.Path;
import io.berth.bgp.message.PathAttribute.RouteOrigin;
import io.berth.k8s.announce.ScriptLine.Announce;
import io.berth.k8s.announce.ScriptLine.Blank;
import io.berth.k8s.announce.ScriptLine.Flush;
import io.berth.k8s.announce.ScriptLine.Malformed;
import io.berth.k8s.announce.ScriptLine.Withdraw;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptParserTest {

    private static final NextHop SELF = NextHop.self();
    private static final Prefix PREFIX = Prefix.parse("203.0.113.7/32");

    private final ScriptParser parser = new ScriptParser(Map.of(Family.IPV4_UNICAST, SELF, Family.IPV6_UNICAST, SELF));

    @Test
    void prefixAloneIsAnnouncedWithOurselvesAsNextHop() {
        assertThat(parser.parse("announce 203.0.113.7/32")).isEqualTo(new Announce(PREFIX, RouteAttributes.DEFAULT));
        assertThat(parser.parse("announce 2001:db8::/64"))
                .isEqualTo(new Announce(Prefix.parse("2001:db8::/64"), RouteAttributes.DEFAULT));
    }

    @Test
    void everyAttributeIsUnderstood() {
        assertThat(parser.parse("announce 203.0.113.7/32 next-hop 192.0.2.1 local-preference 200 med 10 origin egp"
                        + " as-path \"64512 4200000000\" community 64512:100 no-export large-community"
                        + " 64512:1:2 64512:1:3"))
                .isEqualTo(new Announce(
                        PREFIX,
                        new RouteAttributes(
                                new NextHop.At(InetAddress.ofLiteral("192.0.2.1")),
                                List.of(
                                        new LocalPref(200),
                                        new MultiExitDisc(10),
                                        new RouteOrigin(Origin.EGP),
                                        new Path(AsPath.sequence(List.of(new Asn(64512), new Asn(4200000000L)))),
                                        new Communities(List.of(Community.of(64512, 100), Community.NO_EXPORT)),
                                        new LargeCommunities(List.of(
                                                new LargeCommunity(64512, 1, 2), new LargeCommunity(64512, 1, 3)))))));
    }

    @Test
    void orderOfAttributesDoesNotMatter() {
        assertThat(parser.parse("announce 203.0.113.7/32 med 10 community 64512:100 origin igp"))
                .isEqualTo(parser.parse("announce 203.0.113.7/32 origin igp community 64512:100 med 10"));
    }

    @Test
    void asPathOfOneNumberNeedsNoQuotesAndAnEmptyOneIsNone() {
        assertThat(parser.parse("announce 203.0.113.7/32 as-path 64512"))
                .isEqualTo(parser.parse("announce 203.0.113.7/32 as-path \" 64512 \""));
        assertThat(parser.parse("announce 203.0.113.7/32 as-path \"\""))
                .isEqualTo(new Announce(PREFIX, RouteAttributes.DEFAULT.with(new Path(AsPath.EMPTY))));
    }

    @Test
    void prefixIsWithdrawn() {
        assertThat(parser.parse("withdraw 203.0.113.7/32")).isEqualTo(new Withdraw(PREFIX));
    }

    @ParameterizedTest
    @ValueSource(strings = {"flush", "  flush\t", "flush # and tell"})
    void flushStandsAlone(String line) {
        assertThat(parser.parse(line)).isEqualTo(new Flush());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "# announce 203.0.113.7/32", "\t# nothing"})
    void emptyLinesAndCommentsAskForNothing(String line) {
        assertThat(parser.parse(line)).isEqualTo(new Blank());
    }

    @Test
    void commentEndsACommand() {
        assertThat(parser.parse("announce 203.0.113.7/32 # med 10"))
                .isEqualTo(new Announce(PREFIX, RouteAttributes.DEFAULT));
    }

    @Test
    void lineWithoutNextHopTakesTheOneOfItsFamily() {
        NextHop given = new NextHop.At(InetAddress.ofLiteral("192.0.2.9"));
        ScriptParser withNextHop =
                new ScriptParser(Map.of(Family.IPV4_UNICAST, given, Family.IPV6_UNICAST, NextHop.self()));

        assertThat(withNextHop.parse("announce 203.0.113.7/32"))
                .isEqualTo(new Announce(PREFIX, RouteAttributes.DEFAULT.with(given)));
        assertThat(withNextHop.parse("announce 203.0.113.7/32 next-hop 192.0.2.1"))
                .isEqualTo(new Announce(
                        PREFIX, RouteAttributes.DEFAULT.with(new NextHop.At(InetAddress.ofLiteral("192.0.2.1")))));
        assertThat(withNextHop.parse("announce 2001:db8::/64"))
                .isEqualTo(new Announce(Prefix.parse("2001:db8::/64"), RouteAttributes.DEFAULT));
    }

    @Test
    void prefixOfAFamilyThatIsNotExchangedIsRefused() {
        assertThat(new ScriptParser(Map.of(Family.IPV4_UNICAST, SELF)).parse("announce 2001:db8::/64"))
                .isEqualTo(new Malformed("prefix 2001:db8::/64 is of a family that is not among --families"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
        anounce 203.0.113.7/32                        | a line is announce, withdraw or flush, got 'anounce'
        announce                                      | the prefix is missing
        announce 203.0.113.7                          | prefix must be ADDRESS/LENGTH, got '203.0.113.7'
        announce 203.0.113.7/24                       | prefix 203.0.113.7/24 has bits set beyond its length
        announce 203.0.113.7/33                       | prefix length of 203.0.113.7 must be 0 to 32, got 33
        announce 203.0.113/32                         | not an IP address: '203.0.113'
        announce 203.0.113.7/32 color red             | '''color'' is not an attribute'
        announce 203.0.113.7/32 med                   | med has no value
        announce 203.0.113.7/32 med -1                | med must be 0 to 4294967295, got '-1'
        announce 203.0.113.7/32 med 1 med 2           | med is given twice
        announce 203.0.113.7/32 local-preference high | local-preference must be 0 to 4294967295, got 'high'
        announce 203.0.113.7/32 origin IGP            | origin must be igp, egp or incomplete, got 'IGP'
        announce 203.0.113.7/32 as-path "64512        | a quote is not closed: "64512
        announce 203.0.113.7/32 as-path "0"           | AS number must be 1 to 4294967295, got 0
        announce 203.0.113.7/32 next-hop 2001:db8::1  | next-hop must be of the family of the prefix, got '2001:db8::1'
        announce 203.0.113.7/32 next-hop router       | not an IP address: 'router'
        announce 203.0.113.7/32 community 64512       | community must be N:N with each N 0 to 65535, or a well-known name, got '64512'
        announce 203.0.113.7/32 large-community 1:2   | large community must be N:N:N with each N 0 to 4294967295, got '1:2'
        withdraw                                      | the prefix is missing
        withdraw 203.0.113.7/32 med 10                | withdraw takes a prefix alone, got '203.0.113.7/32 med 10'
        flush now                                     | flush takes nothing after it, got 'now'
        """)
    void lineThatDoesNotParseSaysWhy(String line, String problem) {
        assertThat(parser.parse(line)).isEqualTo(new Malformed(problem));
    }
}
