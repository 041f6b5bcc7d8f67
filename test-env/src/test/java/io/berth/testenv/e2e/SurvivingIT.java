package io.berth.testenv.e2e;

import static io.berth.testenv.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.testenv.lab.RouterKind;
import io.berth.testenv.lab.SessionState;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens to the router, to Berth or to what lies between, the same routes are in the router again in the end. */
@ParameterizedClass
@MethodSource("sites")
class SurvivingIT {

    private static final String[] ROUTES = {"198.51.100.0/32", "198.51.100.1/32"};

    private final Site site;

    SurvivingIT(Site site) {
        this.site = site;
    }

    static Stream<Site> sites() {
        return Stream.of(RouterKind.values())
                .map(kind -> Site.start(
                        kind,
                        64513,
                        Manifest.together(
                                Manifest.POOL,
                                Manifest.ADVERTISEMENT,
                                Manifest.service("web"),
                                Manifest.service("api"))));
    }

    @BeforeEach
    void everythingIsAnnounced() {
        site.awaitRoutes(ROUTES);
    }

    @Test
    void theRouterIsKilledAndStartedAgain() {
        site.router().kill();
        site.router().startAgain();

        site.awaitRoutes(ROUTES);
    }

    @Test
    void theRouterIsRestarted() {
        site.router().restart();

        site.awaitRoutes(ROUTES);
    }

    @Test
    void berthIsKilledAndStartedAgain() {
        site.killAndRestartBerth();

        site.awaitRoutes(ROUTES);
    }

    @Test
    void berthIsToldToEndWithdrawsAndComesBackWithTheSameAddresses() {
        site.berth().terminate();
        eventually(() -> assertThat(site.prefixes()).isEmpty());

        site.restartBerthThatEnded();

        site.awaitRoutes(ROUTES);
    }

    @Test
    void theRouterClosesTheSession() {
        site.router().closeSession(site.node());

        site.berth().awaitLine("the router's Cease in a line", line -> line.contains("(6/"));
        site.awaitRoutes(ROUTES);
    }

    @Test
    void aSilentCutIsNoticedByTheHoldTimerAndMended() {
        site.router().cutSilently();
        site.berth()
                .awaitLine("the expiry of the hold timer in a line", line -> line.contains("silent for the hold time"));
        eventually(() -> assertThat(site.router().sessionState(site.node())).isNotEqualTo(SessionState.ESTABLISHED));

        site.router().mend();

        site.awaitRoutes(ROUTES);
    }

    @Test
    void aRouterThatStandsStillIsNoticedAndTakenBack() {
        site.router().pause();
        site.berth()
                .awaitLine("the expiry of the hold timer in a line", line -> line.contains("silent for the hold time"));

        site.router().unpause();

        site.awaitRoutes(ROUTES);
    }
}
