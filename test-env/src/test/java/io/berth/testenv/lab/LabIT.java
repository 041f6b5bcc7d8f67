package io.berth.testenv.lab;

import static io.berth.testenv.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.testenv.lab.ReceivedRoute.Origin;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The fixtures themselves: a router of each kind beside an FRR, so that nothing of ours has a part in it. */
@ParameterizedClass
@EnumSource(RouterKind.class)
class LabIT {

    private static final String PREFIX = "198.18.7.0/24";
    private static final String IPV6_PREFIX = "2001:db8:7::/64";
    private static final String ROUTERS_OWN_PREFIX = "198.18.8.8/32";

    private static final Duration HOLD_TIME = Duration.ofSeconds(3);

    private final RouterKind kind;
    private final Lab lab = Lab.open();

    LabIT(RouterKind kind) {
        this.kind = kind;
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void aRouterAnswersAndKnowsNothingAtFirst() {
        var host = lab.host().ipv4();
        Router router = lab.start(kind, RouterConfig.of(64601, Neighbour.awaited(host, 64512)));

        assertThat(router.routes()).isEmpty();
        eventually(() -> assertThat(router.sessionState(host)).isEqualTo(SessionState.ACTIVE));
    }

    @Test
    void aRouterHasNoWayOut() {
        Router router = lab.start(kind, RouterConfig.of(64601));

        assertThat(router.exec("ip", "route", "show", "default")).isEmpty();
        assertThat(router.exec("ip", "-6", "route", "show", "default")).isEmpty();
        router.restart();
        assertThat(router.exec("ip", "route", "show", "default")).isEmpty();
    }

    @Test
    void aRouterThatRefusesItsConfigurationIsToldWithItsLog() {
        var nonsense = RouterConfig.of(64601).originating("198.18.7.0/99");

        assertThatThrownBy(() -> lab.start(kind, nonsense)).hasStackTraceContaining("the router ended; its log:");
    }

    @Test
    void aRouterShowsWhatItsNeighbourAnnounces() {
        Router neighbour = startNeighbour();
        Router router = startRouter();
        String from = neighbour.own().ipv4().getHostAddress();

        eventually(() -> assertThat(router.routes())
                .containsExactlyInAnyOrder(
                        heard(PREFIX, from, neighbour.own().ipv4()),
                        heard(IPV6_PREFIX, from, neighbour.own().ipv6())));
        eventually(() ->
                assertThat(neighbour.routes()).extracting(ReceivedRoute::prefix).containsExactly(ROUTERS_OWN_PREFIX));
    }

    @Test
    void whateverEndsASessionItComesBackWithTheSameRoutes() {
        Router neighbour = startNeighbour();
        Router router = startRouter();
        awaitRoutes(router);

        router.closeSession(neighbour.own().ipv4());
        awaitRoutes(neighbour);
        awaitRoutes(router);

        router.restart();
        awaitRoutes(neighbour);
        awaitRoutes(router);

        router.kill();
        awaitNoRoutes(neighbour);
        router.startAgain();
        awaitRoutes(neighbour);
        awaitRoutes(router);
    }

    @Test
    void aSilentCutAndAStandstillAreNoticedByTheHoldTimerOnly() {
        Router neighbour = startNeighbour();
        Router router = startRouter();
        awaitRoutes(neighbour);

        router.cutSilently();
        awaitNoRoutes(neighbour);
        router.mend();
        awaitRoutes(neighbour);

        router.pause();
        awaitNoRoutes(neighbour);
        router.unpause();
        awaitRoutes(neighbour);
    }

    @Test
    void aRefreshIsAskedForWithinTheSession() {
        Router neighbour = startNeighbour();
        Router router = startRouter();
        awaitRoutes(router);

        router.requestRefresh(neighbour.own().ipv4());

        eventually(() -> assertThat(neighbour.exec("vtysh", "-c", "show bgp neighbors json"))
                .containsPattern("\"routeRefreshRecv\":[1-9]"));
    }

    @Test
    void aRouterStartsAgainWithAnotherConfiguration() {
        Router neighbour = startNeighbour();
        Router router = startRouter();
        awaitRoutes(neighbour);

        router.restart(routerConfig().originating());

        awaitNoRoutes(neighbour);
        awaitRoutes(router);
    }

    private Router startNeighbour() {
        AddressPair router = lab.addressesOfRouter(1);
        return lab.start(
                RouterKind.FRR,
                RouterConfig.of(
                                64602,
                                Neighbour.dialled(router.ipv4(), Router.PORT, 64601)
                                        .withHoldTime(HOLD_TIME))
                        .originating(PREFIX, IPV6_PREFIX));
    }

    private Router startRouter() {
        return lab.start(kind, routerConfig());
    }

    private RouterConfig routerConfig() {
        AddressPair neighbour = lab.addressesOfRouter(0);
        return RouterConfig.of(64601, Neighbour.awaited(neighbour.ipv4(), 64602).withHoldTime(HOLD_TIME))
                .originating(ROUTERS_OWN_PREFIX);
    }

    private static void awaitRoutes(Router router) {
        eventually(() -> assertThat(router.routes()).isNotEmpty());
    }

    private static void awaitNoRoutes(Router router) {
        eventually(() -> assertThat(router.routes()).isEmpty());
    }

    private static ReceivedRoute heard(String prefix, String from, InetAddress nextHop) {
        return new ReceivedRoute(
                prefix, from, Neighbour.text(nextHop), "64602", Origin.IGP, 100, 0, Set.of(), Set.of());
    }
}
