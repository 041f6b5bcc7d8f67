package io.berth.testenv.e2e;

import static io.berth.testenv.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.testenv.lab.ReceivedRoute;
import io.berth.testenv.lab.RouterKind;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a router of each kind, external or internal, believes of what Berth announces. */
@ParameterizedClass
@MethodSource("sites")
class AnnouncingIT {

    private static final String FIRST = "198.51.100.0/32";
    private static final String SECOND = "198.51.100.1/32";

    private final Site site;

    AnnouncingIT(Site site) {
        this.site = site;
    }

    static Stream<Site> sites() {
        return Stream.of(RouterKind.values())
                .flatMap(kind -> Stream.of(64513L, Site.BERTH_AS)
                        .map(as -> Site.start(kind, as, Manifest.together(Manifest.POOL, Manifest.ADVERTISEMENT))));
    }

    @BeforeEach
    void oneServiceIsAnnounced() {
        site.write("web.yaml", Manifest.service("web"));
        site.awaitRoutes(FIRST);
    }

    @Test
    void theRouteSaysWhatTheAdvertisementSays() {
        ReceivedRoute route = site.route(FIRST);

        boolean internal = site.toString().endsWith("internal");
        assertThat(route.nextHop()).isEqualTo(site.node().getHostAddress());
        assertThat(route.asPath()).isEqualTo(internal ? "" : "64512");
        assertThat(route.origin()).isEqualTo(ReceivedRoute.Origin.IGP);
        assertThat(route.localPref()).isEqualTo(internal ? 200 : 100);
        assertThat(route.communities()).containsExactlyInAnyOrder("64512:100", "65535:65284");
        assertThat(route.largeCommunities()).containsExactly("64512:1:2");
    }

    @Test
    void aServiceThatComesIsAnnouncedAndOneThatGoesIsWithdrawn() {
        site.write("api.yaml", Manifest.service("api"));
        site.awaitRoutes(FIRST, SECOND);

        site.delete("api.yaml");
        site.awaitRoutes(FIRST);
    }

    @Test
    void aServiceWithoutUsableEndpointsIsWithdrawnUntilOneComesBack() {
        site.write("endpoints.yaml", Manifest.endpoint("web", false));
        site.awaitRoutes();

        site.write("endpoints.yaml", Manifest.endpoint("web", true));
        site.awaitRoutes(FIRST);

        site.delete("endpoints.yaml");
    }

    @Test
    void aPoolThatGoesTakesItsRoutesWithItAndBringsThemBack() {
        site.write("manifests.yaml", Manifest.ADVERTISEMENT);
        site.awaitRoutes();

        site.write("manifests.yaml", Manifest.together(Manifest.POOL, Manifest.ADVERTISEMENT));
        site.awaitRoutes(FIRST);
    }

    @Test
    void anotherCommunityReachesTheRouterWithoutAnotherSession() {
        String since = site.router().sessionState(site.node()).toString();

        site.write(
                "manifests.yaml",
                Manifest.together(Manifest.POOL, Manifest.ADVERTISEMENT.replace("64512:100", "64512:300")));
        eventually(() -> assertThat(site.route(FIRST).communities()).contains("64512:300"));

        assertThat(site.router().sessionState(site.node())).hasToString(since);
        site.write("manifests.yaml", Manifest.together(Manifest.POOL, Manifest.ADVERTISEMENT));
    }

    @Test
    void aRouterThatAsksAgainIsToldAgain() {
        site.router().requestRefresh(site.node());

        site.awaitRoutes(FIRST);
    }

    @Test
    void aBrokenManifestChangesNothingUntilItIsMended() {
        site.write("web.yaml", "kind: Service\n  metadata: [broken");
        site.write("api.yaml", Manifest.service("api"));

        site.awaitRoutes(FIRST, SECOND);
        site.berth().awaitLine("the broken file's name in a line", line -> line.contains("web.yaml"));

        site.delete("api.yaml");
        site.write("web.yaml", Manifest.service("web"));
        site.awaitRoutes(FIRST);
    }
}
