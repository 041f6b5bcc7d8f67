package io.berth.k8s.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.bgp.Asn;
import io.berth.bgp.Prefix;
import io.berth.bgp.SessionState;
import io.berth.bgp.message.AsPath;
import io.berth.bgp.message.Community;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.Origin;
import io.berth.bgp.message.PathAttribute;
import io.berth.bgp.message.PathAttribute.Communities;
import io.berth.bgp.message.PathAttribute.Path;
import io.berth.bgp.message.PathAttribute.RouteOrigin;
import io.berth.bgp.message.Update;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdjRibInTest {

    private static final Prefix PREFIX = Prefix.parse("198.51.100.7/32");
    private static final InetAddress HOP = InetAddress.ofLiteral("10.0.0.1");
    private static final List<PathAttribute> ATTRIBUTES = List.of(
            new RouteOrigin(Origin.IGP),
            new Path(AsPath.sequence(List.of(new Asn(64512)))),
            new Communities(List.of(Community.of(64512, 100))));

    private final List<String> lines = new ArrayList<>();
    private final AdjRibIn routes = new AdjRibIn(change -> lines.add(ChangeLines.text(change)));

    @Test
    void anAnnouncementIsToldWithWhatItSays() {
        routes.updateReceived("tor", Update.announcing(ATTRIBUTES, HOP, List.of(PREFIX)));

        assertThat(lines).containsExactly("+ 198.51.100.7/32 via 10.0.0.1 path 64512 communities 64512:100 from tor");
    }

    @Test
    void aWithdrawalIsToldOnlyOfWhatWasThere() {
        routes.updateReceived("tor", Update.withdrawing(List.of(PREFIX)));
        assertThat(lines).isEmpty();

        routes.updateReceived("tor", Update.announcing(ATTRIBUTES, HOP, List.of(PREFIX)));
        routes.updateReceived("tor", Update.withdrawing(List.of(PREFIX)));

        assertThat(lines).last().isEqualTo("- 198.51.100.7/32 from tor");
    }

    @Test
    void theEndOfASessionTakesItsRoutesAway() {
        routes.updateReceived("tor", Update.announcing(ATTRIBUTES, HOP, List.of(PREFIX)));

        routes.stateChanged("tor", SessionState.ESTABLISHED, SessionState.IDLE, "cable cut");

        assertThat(lines).endsWith("- 198.51.100.7/32 from tor", "  tor is Idle: cable cut");
    }

    @Test
    void endOfRibIsToldPerFamily() {
        routes.updateReceived("tor", Update.endOfRib(Family.IPV6_UNICAST));

        assertThat(lines).containsExactly("  End-of-RIB IPv6 unicast from tor");
    }

    @Test
    void aLineOfJsonHasTheAttributesByName() {
        var change = new Change.Announced("tor", PREFIX, HOP, ATTRIBUTES);

        assertThat(ChangeLines.json(change, Instant.EPOCH))
                .isEqualTo("{\"time\":\"1970-01-01T00:00:00Z\",\"peer\":\"tor\",\"type\":\"announce\","
                               + "\"prefix\":\"198.51.100.7/32\",\"nextHop\":\"10.0.0.1\",\"asPath\":\"64512\",\"origin\":\"igp\","
                               + "\"communities\":[\"64512:100\"],\"largeCommunities\":[]}");
    }
}
