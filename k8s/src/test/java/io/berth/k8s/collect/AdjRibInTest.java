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
import java.util.List;
import org.junit.jupiter.api.Test;

class AdjRibInTest {

    private static final Prefix PREFIX = Prefix.parse("198.51.100.7/32");
    private static final Prefix OTHER = Prefix.parse("198.51.100.6/32");
    private static final InetAddress HOP = InetAddress.ofLiteral("10.0.0.1");
    private static final List<PathAttribute> ATTRIBUTES = List.of(
            new RouteOrigin(Origin.IGP),
            new Path(AsPath.sequence(List.of(new Asn(64512)))),
            new Communities(List.of(Community.of(64512, 100))));

    private final AdjRibIn routes = new AdjRibIn();

    @Test
    void announcementIsToldWithWhatItSays() {
        assertThat(routes.update("tor", Update.announcing(ATTRIBUTES, HOP, List.of(PREFIX))))
                .extracting(ChangeLines::text)
                .containsExactly("+ 198.51.100.7/32 via 10.0.0.1 path 64512 communities 64512:100 from tor");
    }

    @Test
    void routeThatIsAnnouncedAgainIsToldAgain() {
        routes.update("tor", Update.announcing(ATTRIBUTES, HOP, List.of(PREFIX)));

        assertThat(routes.update("tor", Update.announcing(ATTRIBUTES, HOP, List.of(PREFIX))))
                .hasSize(1);
        assertThat(routes.routes()).hasSize(1);
    }

    @Test
    void withdrawalIsToldOnlyOfWhatWasThere() {
        assertThat(routes.update("tor", Update.withdrawing(List.of(PREFIX)))).isEmpty();

        routes.update("tor", Update.announcing(ATTRIBUTES, HOP, List.of(PREFIX)));

        assertThat(routes.update("tor", Update.withdrawing(List.of(PREFIX))))
                .extracting(ChangeLines::text)
                .containsExactly("- 198.51.100.7/32 from tor");
        assertThat(routes.routes()).isEmpty();
    }

    @Test
    void endOfASessionTakesItsRoutesAndNoOthers() {
        routes.update("tor-1", Update.announcing(ATTRIBUTES, HOP, List.of(PREFIX, OTHER)));
        routes.update("tor-2", Update.announcing(ATTRIBUTES, HOP, List.of(PREFIX)));

        assertThat(routes.lose("tor-1"))
                .extracting(ChangeLines::text)
                .containsExactly("- 198.51.100.6/32 from tor-1", "- 198.51.100.7/32 from tor-1");
        assertThat(routes.lose("tor-1")).isEmpty();
        assertThat(routes.routes()).extracting(Change.Announced::peer).containsExactly("tor-2");
    }

    @Test
    void endOfRibIsToldPerFamily() {
        assertThat(routes.update("tor", Update.endOfRib(Family.IPV6_UNICAST)))
                .extracting(change -> ChangeLines.json(change, Instant.EPOCH))
                .containsExactly(
                        "{\"time\":\"1970-01-01T00:00:00Z\",\"peer\":\"tor\",\"type\":\"eor\",\"family\":\"ipv6\"}");
    }

    @Test
    void lineOfJsonHasTheAttributesByName() {
        var change = new Change.Announced("tor", PREFIX, HOP, ATTRIBUTES);

        assertThat(ChangeLines.json(change, Instant.EPOCH))
                .isEqualTo("{\"time\":\"1970-01-01T00:00:00Z\",\"peer\":\"tor\",\"type\":\"announce\","
                               + "\"prefix\":\"198.51.100.7/32\",\"nextHop\":\"10.0.0.1\",\"asPath\":\"64512\",\"origin\":\"igp\","
                               + "\"communities\":[\"64512:100\"],\"largeCommunities\":[]}");
    }

    @Test
    void lineOfJsonHasTheReasonOfAStateWhereThereIsOne() {
        assertThat(ChangeLines.json(new Change.State("tor", SessionState.IDLE, "cable cut"), Instant.EPOCH))
                .isEqualTo("{\"time\":\"1970-01-01T00:00:00Z\",\"peer\":\"tor\",\"type\":\"state\",\"state\":\"Idle\","
                        + "\"reason\":\"cable cut\"}");
    }
}
