package io.berth.testenv.e2e;

import static io.berth.testenv.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.testenv.lab.ReceivedRoute;
import io.berth.testenv.lab.RouterKind;
import io.berth.testenv.lab.SessionState;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a router of each kind, external or internal, is told by a Berth that is stopped. */
@ParameterizedClass
@MethodSource("sites")
@TestMethodOrder(MethodOrderer.MethodName.class) // the first must not see what the second has left in the router
class LeavingIT {

    private static final String ROUTE = "198.51.100.0/32";

    /** What the chart gives a pod to end, without what it takes to drain. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Site site;

    LeavingIT(Site site) {
        this.site = site;
    }

    static Stream<Site> sites() {
        return Stream.of(RouterKind.values())
                .flatMap(kind -> Stream.of(64513L, Site.BERTH_AS)
                        .map(as -> Site.start(
                                kind,
                                as,
                                Manifest.together(Manifest.POOL, Manifest.ADVERTISEMENT, Manifest.service("web")))));
    }

    @BeforeEach
    void oneServiceIsAnnounced() {
        site.awaitRoutes(ROUTE);
    }

    @AfterEach
    void startAgain() {
        site.restartBerthThatEnded();
    }

    @Test
    void aSessionEndsInTimeWithANotificationThatSaysWhy() {
        long begun = System.nanoTime();

        assertThat(site.berth().terminate()).isZero();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(GRACE);
        eventually(() -> assertThat(whatEndedTheLastSession()).containsIgnoringCase("administrative shutdown"));
        site.awaitRoutes();
    }

    @Test
    void whoDrainsAsksForTheLeastPreferenceFirst() {
        site.berth().terminate();
        site.restartBerthThatEnded("--drain", "5");
        site.awaitRoutes(ROUTE);

        CompletableFuture<Integer> status =
                CompletableFuture.supplyAsync(() -> site.berth().terminate());

        ReceivedRoute route =
                eventually(() -> site.route(ROUTE), found -> found.communities().contains("65535:0"));
        assertThat(route.communities()).contains("64512:100");
        if (site.toString().endsWith("internal")) {
            assertThat(route.localPref()).isZero();
        }
        assertThat(site.router().sessionState(site.node())).isEqualTo(SessionState.ESTABLISHED);
        assertThat(status.join()).isZero();
        site.awaitRoutes();
    }

    private String whatEndedTheLastSession() {
        return switch (site.router().kind()) {
            case FRR -> site.router().exec("vtysh", "-c", "show bgp neighbors");
            case BIRD -> site.router().exec("birdc", "show", "protocols", "all");
        };
    }
}
