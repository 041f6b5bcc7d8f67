package io.berth.testenv.lab;

import static io.berth.testenv.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.testenv.Eventually;
import io.berth.testenv.lab.ReceivedRoute.Origin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The fixtures themselves: a router of each kind with an FRR as its neighbour, so that nothing of ours has a part in it. */
@ParameterizedClass
@MethodSource("pairs")
class LabIT {

    private static final long ASN = 64601;
    private static final long NEIGHBOUR_ASN = 64602;
    private static final String OWN_PREFIX = "198.18.8.8/32";
    private static final String NEIGHBOUR_PREFIX = "198.18.7.0/24";
    private static final String NEIGHBOUR_IPV6_PREFIX = "2001:db8:7::/64";
    private static final Duration HOLD_TIME = Duration.ofSeconds(3);

    private final RouterKind kind;
    private final Lab lab;
    private final Router neighbour;
    private final Router router;

    LabIT(Pair pair) {
        kind = pair.router.kind();
        lab = pair.lab;
        neighbour = pair.neighbour;
        router = pair.router;
    }

    static Stream<Pair> pairs() {
        return Stream.of(RouterKind.values()).map(Pair::start);
    }

    /** Closed by JUnit after the tests of one kind. */
    record Pair(Lab lab, Router neighbour, Router router) implements AutoCloseable {

        static Pair start(RouterKind kind) {
            Lab lab = Lab.open();
            var toRouter = Neighbour.dialled(lab.addressesOfRouter(1).ipv4(), Router.PORT, ASN)
                    .withHoldTime(HOLD_TIME);
            Router neighbour = lab.start(
                    RouterKind.FRR,
                    RouterConfig.of(NEIGHBOUR_ASN, toRouter).originating(NEIGHBOUR_PREFIX, NEIGHBOUR_IPV6_PREFIX));
            return new Pair(lab, neighbour, lab.start(kind, towards(neighbour)));
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

    private static RouterConfig towards(Router neighbour) {
        return RouterConfig.of(
                        ASN,
                        Neighbour.awaited(neighbour.own().ipv4(), NEIGHBOUR_ASN).withHoldTime(HOLD_TIME))
                .originating(OWN_PREFIX);
    }

    @BeforeEach
    void bothHaveHeardEachOther() {
        eventually(() -> assertThat(router.routes())
                .containsExactlyInAnyOrder(
                        heard(NEIGHBOUR_PREFIX, neighbour.own().ipv4()),
                        heard(NEIGHBOUR_IPV6_PREFIX, neighbour.own().ipv6())));
        neighbourHasHeardAgain();
    }

    @Test
    void aRouterAnswersAndKnowsNothingAtFirst() {
        InetAddress host = lab.host().ipv4();
        Router another = lab.start(kind, RouterConfig.of(ASN, Neighbour.awaited(host, 64512)));

        assertThat(another.routes()).isEmpty();
        eventually(() -> assertThat(another.sessionState(host)).isEqualTo(SessionState.ACTIVE));
    }

    @Test
    void anIpv6NeighbourOnThisHostCanListenAsSoonAsTheRouterRuns() throws IOException {
        InetAddress host = lab.host().ipv6();
        try (var listening = new ServerSocket()) {
            listening.setSoTimeout((int) Eventually.PATIENCE.toMillis());
            Router another = lab.start(kind, RouterConfig.of(ASN, Neighbour.dialled(host, 1179, 64512)));
            listening.bind(new InetSocketAddress(host, 1179));

            try (Socket dialled = listening.accept()) {
                assertThat(dialled.getInetAddress()).isEqualTo(another.own().ipv6());
            }
            assertThat(another.sessionState(host)).isNotEqualTo(SessionState.ESTABLISHED);
        }
    }

    @Test
    void labsBesideEachOtherHaveNetworksOfTheirOwn() {
        try (Lab beside = Lab.open()) {
            assertThat(beside.host()).isNotEqualTo(lab.host());
        }
    }

    @Test
    void aRouterHasNoWayOut() {
        Router another = lab.start(kind, RouterConfig.of(ASN));

        assertThat(defaultRoutes(another)).isEmpty();
        another.restart();
        assertThat(defaultRoutes(another)).isEmpty();
    }

    @Test
    void aRouterThatRefusesItsConfigurationIsToldWithItsLog() {
        var nonsense = RouterConfig.of(ASN).originating("198.18.7.0/99");

        assertThatThrownBy(() -> lab.start(kind, nonsense))
                .hasStackTraceContaining("the router ended; its log:")
                .hasStackTraceContaining("99");
    }

    @Test
    void aNeighbourThatIsNotConfiguredIsAnError() {
        assertThatThrownBy(() -> router.sessionState(lab.host().ipv4()))
                .hasMessageContaining("has no neighbour " + lab.host().ipv4().getHostAddress());
    }

    @Test
    void theStateOfASessionIsWhatTheRouterSaysOfIt() {
        assertThat(router.sessionState(neighbour.own().ipv4())).isEqualTo(SessionState.ESTABLISHED);
    }

    @Test
    void aClosedSessionIsSetUpAgain() {
        router.closeSession(neighbour.own().ipv4());

        neighbourLosesItsRoutes();
        neighbourHasHeardAgain();
    }

    @Test
    void aRefreshIsAskedForWithinTheSession() {
        router.requestRefresh(neighbour.own().ipv4());

        eventually(() -> assertThat(neighbour.exec("vtysh", "-c", "show bgp neighbors json"))
                .containsPattern("\"routeRefreshRecv\":[1-9]"));
        assertThat(neighbour.routes()).isNotEmpty();
    }

    @Test
    void aRouterStartsAgainWithAnotherConfiguration() {
        router.restart(towards(neighbour).originating());
        neighbourLosesItsRoutes();

        router.restart(towards(neighbour));
        neighbourHasHeardAgain();
    }

    @Test
    void aKilledRouterStartsAgain() {
        router.kill();
        neighbourLosesItsRoutes();

        router.startAgain();
        neighbourHasHeardAgain();
    }

    @Test
    void aSilentCutEndsWhenItIsMended() {
        router.cutSilently();
        neighbourLosesItsRoutes();

        router.mend();
        neighbourHasHeardAgain();
    }

    @Test
    void aRouterThatStoodStillGoesOn() {
        router.pause();
        neighbourLosesItsRoutes();

        router.unpause();
        neighbourHasHeardAgain();
    }

    private void neighbourLosesItsRoutes() {
        eventually(() -> assertThat(neighbour.routes()).isEmpty());
    }

    private void neighbourHasHeardAgain() {
        eventually(() ->
                assertThat(neighbour.routes()).extracting(ReceivedRoute::prefix).containsExactly(OWN_PREFIX));
    }

    private static String defaultRoutes(Router router) {
        return router.exec("ip", "route", "show", "default") + router.exec("ip", "-6", "route", "show", "default");
    }

    private ReceivedRoute heard(String prefix, InetAddress nextHop) {
        return new ReceivedRoute(
                prefix,
                Neighbour.text(neighbour.own().ipv4()),
                Neighbour.text(nextHop),
                String.valueOf(NEIGHBOUR_ASN),
                Origin.IGP,
                100,
                0,
                Set.of(),
                Set.of());
    }
}
