package io.berth.testenv.e2e;

import static io.berth.testenv.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.testenv.BerthProcess;
import io.berth.testenv.lab.Lab;
import io.berth.testenv.lab.Neighbour;
import io.berth.testenv.lab.ReceivedRoute;
import io.berth.testenv.lab.Router;
import io.berth.testenv.lab.RouterConfig;
import io.berth.testenv.lab.RouterKind;
import io.berth.testenv.lab.SessionState;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code berth announce} against routers of each kind: every attribute that a line can name, and tables that come and go. */
@ParameterizedClass
@MethodSource("routers")
class AnnounceIT {

    private static final long LOCAL_AS = 64512;
    private static final long ROUTER_AS = 4200000001L;

    private final Peering peering;

    AnnounceIT(Peering peering) {
        this.peering = peering;
    }

    static Stream<Peering> routers() {
        return Stream.of(RouterKind.values()).map(Peering::start);
    }

    /** A router with a four-octet AS, told to expect us. */
    record Peering(Lab lab, Router router) implements AutoCloseable {

        static Peering start(RouterKind kind) {
            Lab lab = Lab.open();
            return new Peering(
                    lab,
                    lab.start(
                            kind,
                            RouterConfig.of(
                                    ROUTER_AS,
                                    Neighbour.awaited(lab.host().ipv4(), LOCAL_AS),
                                    Neighbour.awaited(lab.host().ipv6(), LOCAL_AS))));
        }

        /** Over IPv4. */
        BerthProcess announce(String... lines) {
            return announce(
                    router.own().ipv4().getHostAddress() + ":" + Router.PORT,
                    lab.host().ipv4(),
                    lines);
        }

        BerthProcess announceOverIpv6(String... lines) {
            return announce(
                    "[" + router.own().ipv6().getHostAddress() + "]:" + Router.PORT,
                    lab.host().ipv6(),
                    lines);
        }

        private static BerthProcess announce(String peer, InetAddress local, String... lines) {
            BerthProcess berth = BerthProcess.start(
                    "announce",
                    "--local-as",
                    String.valueOf(LOCAL_AS),
                    "--peer-as",
                    String.valueOf(ROUTER_AS),
                    "--peer",
                    peer,
                    "--local-address",
                    local.getHostAddress(),
                    "-o",
                    "json");
            for (String line : lines) {
                berth.type(line);
            }
            return berth;
        }

        @Override
        public void close() {
            lab.close();
        }

        @Override
        public String toString() {
            return router.kind().toString();
        }
    }

    @Test
    void everyAttributeOfALineReachesTheRouter() {
        try (BerthProcess berth =
                peering.announce("announce 198.18.1.0/24 med 10 origin incomplete as-path \"64512 64512\""
                        + " community 64512:100 no-export large-community 64512:1:2")) {
            ReceivedRoute route = eventually(() -> peering.router().routes(), routes -> routes.size() == 1)
                    .getFirst();

            assertThat(route.prefix()).isEqualTo("198.18.1.0/24");
            assertThat(route.nextHop()).isEqualTo(peering.lab().host().ipv4().getHostAddress());
            assertThat(route.asPath()).isEqualTo("64512 64512");
            assertThat(route.origin()).isEqualTo(ReceivedRoute.Origin.INCOMPLETE);
            assertThat(route.med()).isEqualTo(10);
            assertThat(route.communities()).containsExactlyInAnyOrder("64512:100", "65535:65281");
            assertThat(route.largeCommunities()).containsExactly("64512:1:2");
            assertThat(berth.isAlive()).isTrue();
        }
    }

    /** One session is enough for both families, whichever it runs over. */
    @Test
    void bothFamiliesReachTheRouterOverIpv4() {
        try (BerthProcess _ = peering.announce("announce 198.18.1.0/24", "announce 2001:db8:7::/64")) {
            assertBothFamilies();
        }
    }

    @Test
    void bothFamiliesReachTheRouterOverIpv6() {
        try (BerthProcess _ = peering.announceOverIpv6("announce 198.18.1.0/24", "announce 2001:db8:7::/64")) {
            assertBothFamilies();
        }
    }

    private void assertBothFamilies() {
        Map<String, String> nextHops =
                eventually(() -> peering.router().routes(), routes -> routes.size() == 2).stream()
                        .collect(Collectors.toMap(ReceivedRoute::prefix, ReceivedRoute::nextHop));

        assertThat(nextHops)
                .containsEntry("198.18.1.0/24", peering.lab().host().ipv4().getHostAddress())
                .hasEntrySatisfying(
                        "2001:db8:7::/64",
                        nextHop -> assertThat(InetAddress.ofLiteral(nextHop))
                                .isEqualTo(peering.lab().host().ipv6()));
    }

    @Test
    void theRoutersOperatorSeesWhichHostItIs() throws UnknownHostException {
        String host = InetAddress.getLocalHost().getHostName().split("\\.")[0];
        try (BerthProcess berth = peering.announce()) {
            berth.awaitLine("a session", line -> line.contains("\"Established\""));

            assertThat(peering.router().session(peering.lab().host().ipv4()))
                    .containsIgnoringCase("hostname")
                    .contains(host);
        }
    }

    @Test
    void aLineThatCannotBeUnderstoodIsToldAndChangesNothing() {
        try (BerthProcess berth = peering.announce("announce 198.18.1.7/24", "announce 198.18.2.0/24")) {
            berth.awaitLine("the mistake", line -> line.startsWith("error: line 1:") && line.contains("198.18.1.7/24"));
            eventually(() -> assertThat(prefixes()).containsExactly("198.18.2.0/24"));
        }
    }

    @Test
    void aThousandRoutesComeAndGo() {
        String[] announcements = lines("announce");
        try (BerthProcess berth = peering.announce(announcements)) {
            berth.awaitLine("a session", line -> line.contains("\"Established\""));
            berth.type("flush");
            berth.awaitLine("the flush", line -> line.startsWith("flushed "));
            eventually(() -> assertThat(prefixes()).hasSize(announcements.length));

            for (String line : lines("withdraw")) {
                berth.type(line);
            }
            eventually(() -> assertThat(prefixes()).isEmpty());
            assertThat(peering.router().sessionState(peering.lab().host().ipv4()))
                    .isEqualTo(SessionState.ESTABLISHED);
        }
    }

    @Test
    void theEndOfTheProcessWithdrawsItsRoutes() {
        try (BerthProcess berth = peering.announce("announce 198.18.1.0/24")) {
            eventually(() -> assertThat(prefixes()).hasSize(1));

            assertThat(berth.terminate()).isZero();

            eventually(() -> assertThat(prefixes()).isEmpty());
        }
    }

    private static String[] lines(String verb) {
        return IntStream.range(0, 1000)
                .mapToObj(i -> verb + " 198.18." + (i >> 8 & 0x3F) + "." + (i & 0xFF) + "/32")
                .distinct()
                .toArray(String[]::new);
    }

    private List<String> prefixes() {
        return peering.router().routes().stream().map(ReceivedRoute::prefix).toList();
    }
}
