package io.berth.testenv.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.testenv.lab.ReceivedRoute.Origin;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FrrTest {

    private static final AddressPair OWN =
            new AddressPair(InetAddress.ofLiteral("10.89.77.11"), InetAddress.ofLiteral("fd89:77::11"));

    private final Frr frr = new Frr();

    private final List<ReceivedRoute> recorded = frr.routes(Recording.of("frr-routes.json"));

    @Test
    void everyPathOfEveryTableIsReadExceptTheRoutersOwn() {
        assertThat(recorded)
                .extracting(route -> route.prefix() + " from " + route.from())
                .containsExactly(
                        "198.18.1.0/24 from 10.89.77.13",
                        "198.18.1.0/24 from 10.89.77.12",
                        "198.18.2.1/32 from 10.89.77.13",
                        "198.18.2.1/32 from 10.89.77.12",
                        "198.18.3.3/32 from 10.89.77.13",
                        "2001:db8:5::/64 from fd89:77::12");
    }

    @Test
    void aPathIsReadWithAllItsAttributes() {
        assertThat(recorded)
                .contains(new ReceivedRoute(
                        "198.18.2.1/32",
                        "10.89.77.13",
                        "10.89.77.13",
                        "",
                        Origin.IGP,
                        100,
                        5,
                        Set.of("65000:1"),
                        Set.of("65000:1:2")));
    }

    @Test
    void whatTheNeighbourDidNotSendIsWhatRoutersTakeInstead() {
        assertThat(recorded)
                .contains(new ReceivedRoute(
                        "2001:db8:5::/64",
                        "fd89:77::12",
                        "fd89:77::12",
                        "64602",
                        Origin.IGP,
                        100,
                        0,
                        Set.of(),
                        Set.of()));
    }

    @Test
    void wellKnownCommunitiesAreReadAsNumbers() {
        assertThat(recorded)
                .anySatisfy(route -> assertThat(route.communities())
                        .containsExactlyInAnyOrder(
                                "65000:1",
                                "65535:0",
                                "65535:1",
                                "65535:2",
                                "65535:3",
                                "65535:4",
                                "65535:5",
                                "65535:6",
                                "65535:7",
                                "65535:8",
                                "65535:666",
                                "65535:65281",
                                "65535:65282",
                                "65535:65283",
                                "65535:65284"));
    }

    @Test
    void theStateOfASessionIsRead() {
        assertThat(frr.session("{\"10.89.77.12\": {\"bgpState\": \"OpenConfirm\"}}"))
                .isEqualTo(SessionState.OPEN_CONFIRM);
    }

    @Test
    void anAnswerWithoutAStateIsNotGuessed() {
        assertThatThrownBy(() -> frr.session("{\"bgpNoSuchNeighbor\": true}"))
                .hasMessageContaining("bgpNoSuchNeighbor");
    }

    @Test
    void theConfigurationActivatesEachNeighbourInBothFamilies() {
        var dialled = Neighbour.dialled(InetAddress.ofLiteral("10.89.77.1"), 1179, 64512)
                .withHoldTime(Duration.ofSeconds(9));
        var awaited = Neighbour.awaited(InetAddress.ofLiteral("fd89:77::1"), 64601);

        assertThat(frr.configuration(
                        RouterConfig.of(64601, dialled, awaited).originating("198.18.7.0/24", "2001:db8:7::/64"), OWN))
                .contains("""
                     neighbor 10.89.77.1 remote-as 64512
                     neighbor 10.89.77.1 port 1179
                     neighbor 10.89.77.1 timers 3 9
                    """)
                .contains(" neighbor fd89:77::1 passive\n")
                .contains("  neighbor 10.89.77.1 activate\n  neighbor fd89:77::1 activate\n  network 198.18.7.0/24\n")
                .contains(
                        "  neighbor 10.89.77.1 activate\n  neighbor fd89:77::1 activate\n  network 2001:db8:7::/64\n");
    }
}
