package io.berth.testenv.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.testenv.lab.ReceivedRoute.Origin;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BirdTest {

    private static final AddressPair OWN =
            new AddressPair(InetAddress.ofLiteral("10.89.77.12"), InetAddress.ofLiteral("fd89:77::12"));

    private final Bird bird = new Bird();

    @Test
    void everyUsablePathOfEveryTableIsRead() {
        assertThat(bird.routes(Recording.of("bird-routes.txt")))
                .containsExactly(
                        new ReceivedRoute(
                                "198.51.100.8/32",
                                "10.89.77.11",
                                "10.89.77.11",
                                "64601",
                                Origin.IGP,
                                100,
                                77,
                                Set.of("64512:100", "65535:65281"),
                                Set.of("64512:1:2", "64512:3:4")),
                        new ReceivedRoute(
                                "198.51.100.8/32",
                                "10.89.77.13",
                                "10.89.77.13",
                                "",
                                Origin.INCOMPLETE,
                                250,
                                0,
                                Set.of(),
                                Set.of()),
                        new ReceivedRoute(
                                "2001:db8::7/128",
                                "fd89:77::11",
                                "fd89:77::11",
                                "64601",
                                Origin.IGP,
                                100,
                                0,
                                Set.of(),
                                Set.of()));
    }

    @Test
    void anEmptyTableHasNoRoutes() {
        assertThat(bird.routes("BIRD 2.17.6 ready.\n")).isEmpty();
    }

    @Test
    void aSessionThatIsOnlyAwaitedIsActive() {
        assertThat(bird.session("x  BGP  ---  start  12:12:06.736  Passive\n  BGP state:          Passive\n"))
                .isEqualTo(SessionState.ACTIVE);
        assertThat(bird.session("  BGP state:          Established\n")).isEqualTo(SessionState.ESTABLISHED);
    }

    @Test
    void aStateThatIsUnknownHereIsNotGuessed() {
        assertThatThrownBy(() -> bird.session("  BGP state:          Asleep\n")).hasMessageContaining("Asleep");
    }

    @Test
    void theConfigurationNamesEachSessionAfterItsNeighbour() {
        var dialled = Neighbour.dialled(InetAddress.ofLiteral("10.89.77.1"), 1179, 64512)
                .withHoldTime(Duration.ofSeconds(9));
        var awaited = Neighbour.awaited(InetAddress.ofLiteral("fd89:77::1"), 64602);

        assertThat(bird.configuration(
                        RouterConfig.of(64602, dialled, awaited).originating("198.18.7.0/24", "2001:db8:7::/64"), OWN))
                .contains("router id 10.89.77.12;")
                .contains("ipv4; route 198.18.7.0/24 blackhole;")
                .contains("ipv6; route 2001:db8:7::/64 blackhole;")
                .contains("""
                    protocol bgp '10.89.77.1' from neighbour {
                      neighbor 10.89.77.1 port 1179 as 64512;
                      hold time 9;
                      keepalive time 3;
                    }
                    protocol bgp 'fd89:77::1' from neighbour {
                      passive on; neighbor fd89:77::1 as 64602;
                    """);
    }
}
