package io.berth.bgp.rib;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.bgp.AddressLiteral;
import io.berth.bgp.Audience;
import io.berth.bgp.NextHop;
import io.berth.bgp.Prefix;
import io.berth.bgp.Route;
import io.berth.bgp.RouteAttributes;
import io.berth.bgp.codec.Sessions;
import io.berth.bgp.message.AsPath;
import io.berth.bgp.message.Community;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.Octets;
import io.berth.bgp.message.Origin;
import io.berth.bgp.message.PathAttribute;
import io.berth.bgp.message.PathAttribute.Communities;
import io.berth.bgp.message.PathAttribute.LocalPref;
import io.berth.bgp.message.PathAttribute.MultiExitDisc;
import io.berth.bgp.message.PathAttribute.Path;
import io.berth.bgp.message.PathAttribute.RouteOrigin;
import io.berth.bgp.message.PathAttribute.Unknown;
import io.berth.bgp.message.RouteRefresh;
import io.berth.bgp.message.RouteRefresh.Subtype;
import io.berth.bgp.message.Update;
import io.berth.bgp.rib.AdjRibOut.Unannounced;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a peer is told, and when. */
class AdjRibOutTest {

    private static final RouteAttributes PLAIN = RouteAttributes.DEFAULT;
    private static final RouteAttributes MED_1 = PLAIN.with(new MultiExitDisc(1));
    private static final RouteAttributes MED_2 = PLAIN.with(new MultiExitDisc(2));

    private final LocRib rib = new LocRib();
    private long now = 1_000;

    @Nested
    class ASessionThatComesUp {

        @Test
        void isToldEverythingAndThenEndOfRibOfEachFamily() {
            announce("k8s", PLAIN, "203.0.113.7/32", "2001:db8:7::/64");
            ModelPeer peer = external("tor-1");
            peer.pullAll();

            assertThat(peer.updates())
                    .containsExactly(
                            announcement("192.0.2.1", "203.0.113.7/32"),
                            Update.endOfRib(Family.IPV4_UNICAST),
                            announcement("2001:db8::1", "2001:db8:7::/64"),
                            Update.endOfRib(Family.IPV6_UNICAST));
        }

        @Test
        void isToldEndOfRibEvenWhereThereIsNothingToTell() {
            ModelPeer peer = external("tor-1");
            peer.pullAll();

            assertThat(peer.updates())
                    .containsExactly(Update.endOfRib(Family.IPV4_UNICAST), Update.endOfRib(Family.IPV6_UNICAST));
        }

        @Test
        void isToldNothingOfAFamilyThatNobodyNegotiated() {
            announce("k8s", PLAIN, "203.0.113.7/32", "2001:db8:7::/64");
            var peer = new ModelPeer(rib.attach("tor-1"), Sessions.ipv6Only(), now);
            peer.pullAll();

            assertThat(peer.updates())
                    .containsExactly(
                            announcement("2001:db8::1", "2001:db8:7::/64"), Update.endOfRib(Family.IPV6_UNICAST));
        }

        @Test
        void isToldOfRoutesThatAreForItAlone() {
            rib.setRoutes(
                    "k8s",
                    Set.of(
                            new Route(Prefix.parse("203.0.113.1/32"), PLAIN, Audience.of("tor-1")),
                            new Route(Prefix.parse("203.0.113.2/32"), PLAIN, Audience.of("tor-2"))),
                    now);

            assertThat(told(external("tor-1"))).containsExactly("203.0.113.1/32");
            assertThat(told(external("tor-2"))).containsExactly("203.0.113.2/32");
            assertThat(told(external("tor-3"))).isEmpty();
        }

        @Test
        void isToldEverythingAgainAfterItWasLost() {
            announce("k8s", PLAIN, "203.0.113.7/32");
            ModelPeer peer = external("tor-1");
            peer.pullAll();
            peer.disconnect();
            announce("k8s", MED_1, "203.0.113.7/32", "203.0.113.8/32");
            assertThat(peer.out().isOwed()).isFalse();

            peer.connect(Sessions.external(), now);
            peer.pullAll();

            assertThat(told(peer)).containsExactlyInAnyOrder("203.0.113.7/32", "203.0.113.8/32");
            assertThat(peer.updates()).contains(Update.endOfRib(Family.IPV4_UNICAST));
        }

        @Test
        void isToldWhatTheKindOfSessionDemands() {
            announce("k8s", PLAIN.with(new LocalPref(200)), "203.0.113.7/32");
            var internal = new ModelPeer(rib.attach("rr-1"), Sessions.internal(), now);
            internal.pullAll();
            ModelPeer external = external("tor-1");
            external.pullAll();

            assertThat(attributes(internal))
                    .containsExactly(new RouteOrigin(Origin.IGP), new Path(AsPath.EMPTY), new LocalPref(200));
            assertThat(attributes(external))
                    .containsExactly(new RouteOrigin(Origin.IGP), new Path(AsPath.parse("64512")));
        }
    }

    @Nested
    class AChange {

        private final ModelPeer peer = external("tor-1");

        @Test
        void costsWhatHasChangedAndNoMore() {
            announce("k8s", PLAIN, "203.0.113.1/32", "203.0.113.2/32");
            settle(peer);
            announce("k8s", PLAIN, "203.0.113.2/32", "203.0.113.3/32");
            peer.pullAll();

            assertThat(peer.updates())
                    .containsExactly(
                            Update.withdrawing(List.of(Prefix.parse("203.0.113.1/32"))),
                            announcement("192.0.2.1", "203.0.113.3/32"));
        }

        @Test
        void ofAttributesIsAnAnnouncementWithoutAWithdrawal() {
            announce("k8s", PLAIN, "203.0.113.1/32");
            settle(peer);
            announce("k8s", PLAIN.with(new Communities(List.of(Community.GRACEFUL_SHUTDOWN))), "203.0.113.1/32");
            peer.pullAll();

            assertThat(peer.updates())
                    .singleElement()
                    .satisfies(update -> assertThat(update.attribute(Communities.class))
                            .contains(new Communities(List.of(Community.GRACEFUL_SHUTDOWN))));
        }

        @Test
        void thatIsTakenBackBeforeItWasToldIsNeverTold() {
            announce("k8s", PLAIN, "203.0.113.1/32");
            settle(peer);
            announce("k8s", MED_1, "203.0.113.1/32", "203.0.113.2/32");
            announce("k8s", PLAIN, "203.0.113.1/32");
            peer.pullAll();

            assertThat(peer.updates()).isEmpty();
        }

        @Test
        void aWithdrawalThatIsTakenBackIsNeverTold() {
            announce("k8s", PLAIN, "203.0.113.1/32");
            settle(peer);
            announce("k8s", PLAIN);
            announce("k8s", PLAIN, "203.0.113.1/32");
            peer.pullAll();

            assertThat(peer.updates()).isEmpty();
        }

        @Test
        void thatTheWireDoesNotShowIsNotTold() {
            announce("k8s", PLAIN, "203.0.113.1/32");
            settle(peer);
            announce("k8s", PLAIN.with(new LocalPref(200)), "203.0.113.1/32");
            peer.pullAll();

            assertThat(peer.updates()).isEmpty();
        }

        /** However slow the peer is, it is told the present and not the past. */
        @Test
        void whileThePeerIsSlowIsToldOnce() {
            for (int i = 0; i < 100; i++) {
                announce("k8s", PLAIN.with(new MultiExitDisc(i)), "203.0.113.1/32", "203.0.113." + i % 7 + "/32");
            }
            peer.pullAll();

            assertThat(peer.updates())
                    .flatExtracting(Update::announcements)
                    .flatExtracting(Update.Announcement::prefixes)
                    .doesNotHaveDuplicates();
            assertThat(told(peer)).containsExactlyInAnyOrder("203.0.113.1/32");
        }

        @Test
        void withdrawalsGoBeforeAnnouncementsOfEveryFamily() {
            announce("k8s", PLAIN, "203.0.113.1/32", "2001:db8:1::/64");
            settle(peer);
            announce("k8s", PLAIN, "203.0.113.0/32", "2001:db8:2::/64");
            peer.pullAll();

            assertThat(peer.updates())
                    .containsExactly(
                            Update.withdrawing(List.of(Prefix.parse("203.0.113.1/32"))),
                            Update.withdrawing(List.of(Prefix.parse("2001:db8:1::/64"))),
                            announcement("192.0.2.1", "203.0.113.0/32"),
                            announcement("2001:db8::1", "2001:db8:2::/64"));
        }

        @Test
        void thatComesBetweenTwoPullsIsToldInTheSecond() {
            announce("k8s", PLAIN, "203.0.113.1/32", "203.0.113.2/32");
            peer.pull(1);
            announce("k8s", PLAIN, "203.0.113.2/32", "203.0.113.3/32");
            peer.pullAll();

            assertThat(told(peer)).containsExactlyInAnyOrder("203.0.113.2/32", "203.0.113.3/32");
        }
    }

    @Nested
    class Owners {

        private final ModelPeer peer = external("tor-1");

        @Test
        void eachKeepsItsOwnRoutes() {
            announce("a", PLAIN, "203.0.113.1/32");
            announce("b", PLAIN, "203.0.113.2/32");
            announce("a", PLAIN);

            assertThat(told(peer)).containsExactly("203.0.113.2/32");
        }

        @Test
        void theOneWhoseNameComesFirstIsHeard() {
            announce("b", MED_2, "203.0.113.1/32");
            settle(peer);
            announce("a", MED_1, "203.0.113.1/32");
            peer.pullAll();
            assertThat(med(peer)).isEqualTo(1);

            announce("b", PLAIN, "203.0.113.1/32");
            peer.pullAll();
            assertThat(med(peer)).isEqualTo(1);
        }

        @Test
        void aPrefixStaysUntilNobodyWantsItAnyMore() {
            announce("a", MED_1, "203.0.113.1/32");
            announce("b", MED_2, "203.0.113.1/32");
            settle(peer);
            announce("a", MED_1);
            peer.pullAll();
            assertThat(med(peer)).isEqualTo(2);

            announce("b", MED_1);
            assertThat(told(peer)).isEmpty();
        }

        @Test
        void oneMaySayDifferentThingsToDifferentPeers() {
            Prefix prefix = Prefix.parse("203.0.113.1/32");
            rib.setRoutes(
                    "a",
                    Set.of(
                            new Route(prefix, MED_1, Audience.of("tor-1")),
                            new Route(prefix, MED_2, new Audience.Named(Set.of("tor-2", "tor-3")))),
                    now);
            ModelPeer other = external("tor-3");
            peer.pullAll();
            other.pullAll();

            assertThat(med(peer)).isEqualTo(1);
            assertThat(med(other)).isEqualTo(2);
        }

        private long med(ModelPeer peer) {
            return peer.table().values().iterator().next().attributes().stream()
                    .filter(MultiExitDisc.class::isInstance)
                    .mapToLong(attribute -> ((MultiExitDisc) attribute).value())
                    .sum();
        }
    }

    @Nested
    class Packing {

        private final ModelPeer peer = external("tor-1");

        @Test
        void routesThatSayTheSameShareMessages() {
            Set<Route> routes = new HashSet<>(hosts(1620, MED_1));
            routes.addAll(hosts(810, PLAIN).stream()
                    .map(route -> new Route(
                            Prefix.parse("172" + route.prefix().toString().substring(2)), PLAIN, Audience.all()))
                    .toList());
            rib.setRoutes("k8s", routes, now);
            peer.pullAll();

            // 27 octets of attributes with a MED leave room for 809 routes, 20 for 810.
            assertThat(prefixesPerMessage(peer)).containsExactlyInAnyOrder(809, 809, 2, 810);
        }

        @Test
        void messagesAreFullWhereverOneWindowEndsAndTheNextBegins() {
            rib.setRoutes("k8s", hosts(10_000, PLAIN), now);
            while (peer.out().isOwed()) {
                peer.pull(9_000);
            }

            assertThat(prefixesPerMessage(peer))
                    .hasSize(13)
                    .filteredOn(count -> count < 810)
                    .hasSize(1);
        }

        @Test
        void withdrawalsFillMessagesToo() {
            rib.setRoutes("k8s", hosts(1628, PLAIN), now);
            settle(peer);
            rib.setRoutes("k8s", Set.of(), now);
            peer.pullAll();

            assertThat(peer.updates())
                    .extracting(update -> update.withdrawn().size())
                    .containsExactly(814, 814);
        }

        @Test
        void aPullStopsWhenTheBudgetIsSpent() {
            rib.setRoutes("k8s", hosts(5_000, PLAIN), now);
            peer.pull(1);
            assertThat(prefixesPerMessage(peer)).containsExactly(810);

            peer.pull(8_000);
            assertThat(prefixesPerMessage(peer)).containsExactly(810, 810);
            assertThat(peer.out().owed()).isEqualTo(5_000 - 3 * 810);
        }

        @Test
        void aPeerThatTakesExtendedMessagesGetsThem() {
            rib.setRoutes("k8s", hosts(13_098, PLAIN), now);
            peer.connect(Sessions.extendedMessages(), now);
            peer.pullAll();

            assertThat(prefixesPerMessage(peer)).containsExactly(13_098);
        }

        @Test
        void anAttributeSetForEachRouteStaysWithinTheBudget() {
            rib.setRoutes(
                    "k8s",
                    IntStream.range(0, 2000)
                            .mapToObj(i -> host(i, PLAIN.with(new MultiExitDisc(i))))
                            .collect(Collectors.toSet()),
                    now);
            int pulls = 0;
            while (peer.out().isOwed()) {
                peer.pull(4_096);
                pulls++;
            }

            assertThat(peer.known(Family.IPV4_UNICAST)).isEqualTo(2000);
            assertThat(pulls).isGreaterThan(2000 * 55 / (2 * 4_096));
        }

        private static List<Integer> prefixesPerMessage(ModelPeer peer) {
            return peer.updates().stream()
                    .flatMap(update -> update.announcements().stream())
                    .map(announcement -> announcement.prefixes().size())
                    .toList();
        }
    }

    @Nested
    class Refreshing {

        private final ModelPeer peer = new ModelPeer(rib.attach("tor-1"), Sessions.enhancedRefresh(), now);

        @Test
        void tellsEverythingOfTheFamilyAgainBetweenMarkers() {
            announce("k8s", PLAIN, "203.0.113.7/32", "2001:db8:7::/64");
            settle(peer);
            peer.out().refresh(Family.IPV4_UNICAST, now);
            peer.pullAll();

            assertThat(peer.messages())
                    .containsExactly(
                            RouteRefresh.of(Family.IPV4_UNICAST, Subtype.BEGIN),
                            announcement("192.0.2.1", "203.0.113.7/32"),
                            RouteRefresh.of(Family.IPV4_UNICAST, Subtype.END));
        }

        @Test
        void isAnsweredByMarkersEvenWhereThereIsNothingToTell() {
            settle(peer);
            peer.out().refresh(Family.IPV6_UNICAST, now);
            peer.pullAll();

            assertThat(peer.messages())
                    .containsExactly(
                            RouteRefresh.of(Family.IPV6_UNICAST, Subtype.BEGIN),
                            RouteRefresh.of(Family.IPV6_UNICAST, Subtype.END));
        }

        @Test
        void withoutEnhancedRefreshThereAreNoMarkers() {
            announce("k8s", PLAIN, "203.0.113.7/32");
            peer.connect(Sessions.external(), now);
            settle(peer);
            peer.out().refresh(Family.IPV4_UNICAST, now);
            peer.pullAll();

            assertThat(peer.messages()).containsExactly(announcement("192.0.2.1", "203.0.113.7/32"));
        }

        /** RFC 7313 section 4: a refresh before the first End-of-RIB is part of the initial table. */
        @Test
        void beforeTheFirstEndOfRibHasNoMarkers() {
            announce("k8s", PLAIN, "203.0.113.7/32");
            peer.out().refresh(Family.IPV4_UNICAST, now);
            peer.pullAll();

            assertThat(peer.messages())
                    .containsExactly(
                            announcement("192.0.2.1", "203.0.113.7/32"),
                            Update.endOfRib(Family.IPV4_UNICAST),
                            Update.endOfRib(Family.IPV6_UNICAST));
        }

        @Test
        void ofAFamilyThatNobodyNegotiatedIsIgnored() {
            peer.connect(Sessions.ipv4Only(), now);
            settle(peer);
            peer.out().refresh(Family.IPV6_UNICAST, now);

            assertThat(peer.out().isOwed()).isFalse();
        }

        @Test
        void withoutASessionIsIgnored() {
            peer.disconnect();
            peer.out().refresh(Family.IPV4_UNICAST, now);

            assertThat(peer.out().isOwed()).isFalse();
        }

        @Test
        void aRouteThatIsWithdrawnMeanwhileIsNotToldAgain() {
            announce("k8s", PLAIN, "203.0.113.7/32", "203.0.113.8/32");
            settle(peer);
            peer.out().refresh(Family.IPV4_UNICAST, now);
            announce("k8s", PLAIN, "203.0.113.8/32");
            peer.pullAll();

            assertThat(peer.messages())
                    .containsExactly(
                            Update.withdrawing(List.of(Prefix.parse("203.0.113.7/32"))),
                            RouteRefresh.of(Family.IPV4_UNICAST, Subtype.BEGIN),
                            announcement("192.0.2.1", "203.0.113.8/32"),
                            RouteRefresh.of(Family.IPV4_UNICAST, Subtype.END));
        }
    }

    @Nested
    class RoutesThatCannotBeSaid {

        private final ModelPeer peer = external("tor-1");

        @Test
        void areReportedWithTheReason() {
            Route route = Route.toAll(Prefix.parse("2001:db8:7::/64"), at("192.0.2.9"));
            rib.setRoutes("k8s", Set.of(route), now);

            assertThat(peer.pullAll())
                    .containsExactly(new Unannounced(route.prefix(), "no next hop is known that fits IPv6 unicast"));
            assertThat(told(peer)).isEmpty();
            assertThat(peer.out().isOwed()).isFalse();
        }

        /** Never a stale route, never one that is cut. */
        @ParameterizedTest
        @EnumSource
        void areWithdrawnWhereThePeerHasAnOlderForm(Family family) {
            String prefix = family == Family.IPV4_UNICAST ? "203.0.113.7/32" : "2001:db8:7::/64";
            announce("k8s", PLAIN, prefix);
            settle(peer);
            announce("k8s", PLAIN.with(new Unknown(99, 0xC0, Octets.of(new byte[4090]))), prefix);

            assertThat(peer.pullAll())
                    .containsExactly(
                            new Unannounced(Prefix.parse(prefix), "its attributes do not fit into one message"));
            assertThat(peer.updates()).containsExactly(Update.withdrawing(List.of(Prefix.parse(prefix))));
            assertThat(peer.out().announced(family)).isZero();
        }

        @Test
        void areSaidOnceTheyCanBe() {
            rib.setRoutes("k8s", Set.of(Route.toAll(Prefix.parse("2001:db8:7::/64"), at("192.0.2.9"))), now);
            peer.pullAll();
            rib.setRoutes("k8s", Set.of(Route.toAll(Prefix.parse("2001:db8:7::/64"), at("2001:db8::9"))), now);

            assertThat(peer.pullAll()).isEmpty();
            assertThat(told(peer)).containsExactly("2001:db8:7::/64");
        }

        private static RouteAttributes at(String nextHop) {
            return PLAIN.with(new NextHop.At(AddressLiteral.parse(nextHop)));
        }
    }

    @Nested
    class Figures {

        private final ModelPeer peer = external("tor-1");

        @Test
        void countWhatThePeerHasAndWhatItIsOwed() {
            announce("k8s", PLAIN, "203.0.113.1/32", "203.0.113.2/32", "2001:db8:7::/64");
            assertThat(peer.out().owed()).isEqualTo(3);
            peer.pullAll();

            assertThat(peer.out().owed()).isZero();
            assertThat(peer.out().announced(Family.IPV4_UNICAST)).isEqualTo(2);
            assertThat(peer.out().announced(Family.IPV6_UNICAST)).isEqualTo(1);
            announce("k8s", PLAIN, "203.0.113.2/32");
            peer.pullAll();
            assertThat(peer.out().announced(Family.IPV4_UNICAST)).isEqualTo(1);
            assertThat(peer.out().announced(Family.IPV6_UNICAST)).isZero();
            peer.disconnect();
            assertThat(peer.out().announced(Family.IPV4_UNICAST)).isZero();
        }

        @Test
        void theLagCountsFromTheOldestChangeThatIsOwed() {
            settle(peer);
            assertThat(peer.out().owedSince()).isEmpty();
            now = 5_000;
            announce("k8s", PLAIN, "203.0.113.1/32");
            now = 6_000;
            announce("k8s", MED_1, "203.0.113.1/32", "2001:db8:7::/64");
            assertThat(peer.out().owedSince()).hasValue(5_000);
            peer.pullAll();

            assertThat(peer.out().owedSince()).isEmpty();
            now = 7_000;
            announce("k8s", PLAIN);
            assertThat(peer.out().owedSince()).hasValue(7_000);
        }
    }

    @Nested
    class APrefixOfItsOwn {

        private final Prefix prefix = Prefix.parse("203.0.113.1/32");
        private final ModelPeer peer = external("tor-1");

        @Test
        void isAnnouncedChangedAndWithdrawn() {
            set(Route.toAll(prefix, PLAIN));
            settle(peer);
            set(Route.toAll(prefix, MED_1));
            peer.pullAll();
            assertThat(attributes(peer)).contains(new MultiExitDisc(1));

            set();
            peer.pullAll();
            assertThat(peer.table()).isEmpty();
        }

        @Test
        void isHeardBeforeOwnersWhoAreHeardOnceItIsGone() {
            announce("a", MED_1, "203.0.113.1/32");
            set(Route.toAll(prefix, MED_2));
            peer.pullAll();
            assertThat(attributes(peer)).contains(new MultiExitDisc(2));

            set();
            peer.pullAll();
            assertThat(attributes(peer)).contains(new MultiExitDisc(1));
        }

        @Test
        void staysAsItIsWhenOthersAreSet() {
            set(Route.toAll(prefix, PLAIN));
            Prefix other = Prefix.parse("203.0.113.2/32");
            rib.setPrefixes(Map.of(other, Set.of(Route.toAll(other, PLAIN))), now);

            assertThat(told(peer)).containsExactlyInAnyOrder("203.0.113.1/32", "203.0.113.2/32");
        }

        @Test
        void isNothingWhereNothingWasEverSaidOfIt() {
            settle(peer);
            set();

            assertThat(peer.out().isOwed()).isFalse();
        }

        private void set(Route... routes) {
            rib.setPrefixes(Map.of(prefix, Set.of(routes)), now);
        }
    }

    @Test
    void aPeerThatIsGoneTakesNoPartAnyMore() {
        ModelPeer peer = external("tor-1");
        rib.detach(peer.out());
        announce("k8s", PLAIN, "203.0.113.1/32");

        assertThat(peer.out().isOwed()).isFalse();
    }

    @Test
    void withoutASessionThereIsNothingToPull() {
        announce("k8s", PLAIN, "203.0.113.1/32");
        AdjRibOut out = rib.attach("tor-1");
        ByteBuf octets = Unpooled.buffer();

        assertThat(out.isOwed()).isFalse();
        assertThat(out.pull(octets, 4096)).isEqualTo(new AdjRibOut.Pulled(0, List.of()));
        assertThat(octets.isReadable()).isFalse();
    }

    private ModelPeer external(String name) {
        return new ModelPeer(rib.attach(name), Sessions.external(), now);
    }

    private void announce(String owner, RouteAttributes attributes, String... prefixes) {
        Set<Route> routes = new HashSet<>();
        Stream.of(prefixes).forEach(prefix -> routes.add(Route.toAll(Prefix.parse(prefix), attributes)));
        rib.setRoutes(owner, routes, now);
    }

    private static void settle(ModelPeer peer) {
        peer.pullAll();
        peer.messages();
    }

    private static List<String> told(ModelPeer peer) {
        peer.pullAll();
        return peer.table().keySet().stream().map(Prefix::toString).toList();
    }

    private static List<PathAttribute> attributes(ModelPeer peer) {
        return peer.table().values().iterator().next().attributes();
    }

    private static Update announcement(String nextHop, String prefix) {
        return Update.announcing(
                List.of(new RouteOrigin(Origin.IGP), new Path(AsPath.parse("64512"))),
                AddressLiteral.parse(nextHop),
                List.of(Prefix.parse(prefix)));
    }

    private static Set<Route> hosts(int count, RouteAttributes attributes) {
        Set<Route> routes = new HashSet<>();
        IntStream.range(0, count).forEach(i -> routes.add(host(i, attributes)));
        return routes;
    }

    private static Route host(int number, RouteAttributes attributes) {
        byte[] octets = {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number};
        return Route.toAll(Prefix.host(Family.IPV4_UNICAST.address(octets)), attributes);
    }
}
