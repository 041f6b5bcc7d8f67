package io.berth.bgp.codec;

import static io.berth.bgp.message.Family.IPV4_UNICAST;
import static io.berth.bgp.message.Family.IPV6_UNICAST;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.bgp.Asn;
import io.berth.bgp.BgpIdentifier;
import io.berth.bgp.HoldTime;
import io.berth.bgp.codec.Negotiated.AsWidth;
import io.berth.bgp.codec.Negotiated.Ipv4NextHops;
import io.berth.bgp.codec.Negotiated.Refresh;
import io.berth.bgp.message.Capability;
import io.berth.bgp.message.Capability.EnhancedRouteRefresh;
import io.berth.bgp.message.Capability.ExtendedMessage;
import io.berth.bgp.message.Capability.ExtendedNextHop;
import io.berth.bgp.message.Capability.ExtendedNextHop.Encoding;
import io.berth.bgp.message.Capability.Forwarding;
import io.berth.bgp.message.Capability.FourOctetAs;
import io.berth.bgp.message.Capability.GracefulRestart;
import io.berth.bgp.message.Capability.Multiprotocol;
import io.berth.bgp.message.Capability.RestartFamily;
import io.berth.bgp.message.Capability.RouteRefreshing;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.Open;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NegotiatedTest {

    private static final Capability IPV4 = Multiprotocol.of(IPV4_UNICAST);
    private static final Capability IPV6 = Multiprotocol.of(IPV6_UNICAST);
    private static final Capability VPN = new Multiprotocol(1, 128);

    @Test
    void thePeerIsWhomItsOpenNames() {
        var peer = new Open(new Asn(64513), new HoldTime(9), BgpIdentifier.parse("198.51.100.1"), List.of());

        Negotiated negotiated = Negotiated.of(open(), peer);

        assertThat(negotiated.localAs()).isEqualTo(new Asn(64512));
        assertThat(negotiated.remoteAs()).isEqualTo(new Asn(64513));
        assertThat(negotiated.remoteIdentifier()).isEqualTo(BgpIdentifier.parse("198.51.100.1"));
        assertThat(negotiated.holdTime()).isEqualTo(new HoldTime(9));
        assertThat(negotiated.isInternal()).isFalse();
        assertThat(Sessions.internal().isInternal()).isTrue();
    }

    @Test
    void familiesAreThoseOfBoth() {
        assertThat(families(open(IPV4, IPV6), open(IPV4, IPV6))).containsExactlyInAnyOrder(IPV4_UNICAST, IPV6_UNICAST);
        assertThat(families(open(IPV4, IPV6), open(IPV6, VPN))).containsExactly(IPV6_UNICAST);
        assertThat(families(open(IPV4), open(IPV6))).isEmpty();
    }

    /** RFC 4760 section 8: a speaker that says nothing of families speaks IPv4 unicast; one that does and omits it, does not. */
    @Test
    void aSpeakerWithoutMultiprotocolExchangesIpv4Only() {
        assertThat(families(open(IPV4, IPV6), open())).containsExactly(IPV4_UNICAST);
        assertThat(families(open(IPV4, IPV6), open(VPN))).isEmpty();
    }

    @Test
    void asNumbersHaveFourOctetsWhereBothKnowThem() {
        Capability four = new FourOctetAs(new Asn(64512));

        assertThat(Negotiated.of(open(four), open(four)).asWidth()).isEqualTo(AsWidth.FOUR_OCTETS);
        assertThat(Negotiated.of(open(four), open()).asWidth()).isEqualTo(AsWidth.TWO_OCTETS);
        assertThat(Negotiated.of(open(), open(four)).asWidth()).isEqualTo(AsWidth.TWO_OCTETS);
    }

    @Test
    void routesAreRefreshedInTheBestWayThatBothKnow() {
        Capability plain = new RouteRefreshing();
        Capability enhanced = new EnhancedRouteRefresh();

        assertThat(Negotiated.of(open(plain, enhanced), open(plain, enhanced)).refresh())
                .isEqualTo(Refresh.ENHANCED);
        assertThat(Negotiated.of(open(plain, enhanced), open(plain)).refresh()).isEqualTo(Refresh.PLAIN);
        assertThat(Negotiated.of(open(plain), open()).refresh()).isEqualTo(Refresh.NONE);
    }

    /** RFC 8950 section 4: whoever says it can read it; what the peer says of other families is nothing to us. */
    @Test
    void ipv4RoutesMayHaveAnIpv6NextHopWhereBothSidesReadIt() {
        Capability reads = new ExtendedNextHop(List.of(new Encoding(1, 128, 2), Encoding.IPV4_OVER_IPV6));
        Capability readsOfVpns = new ExtendedNextHop(List.of(new Encoding(1, 128, 2)));

        assertThat(Negotiated.of(open(reads), open(reads)).ipv4NextHops()).isEqualTo(Ipv4NextHops.IPV4_OR_IPV6);
        assertThat(Negotiated.of(open(reads), open(readsOfVpns)).ipv4NextHops()).isEqualTo(Ipv4NextHops.IPV4);
        assertThat(Negotiated.of(open(reads), open()).ipv4NextHops()).isEqualTo(Ipv4NextHops.IPV4);
        assertThat(Negotiated.of(open(), open(reads)).ipv4NextHops()).isEqualTo(Ipv4NextHops.IPV4);
    }

    /** RFC 8654 section 4 would let the directions differ; FRR ends a session in which they do. */
    @Test
    void extendedMessagesAreSentOnlyWhereBothSidesTakeThem() {
        Negotiated bothTake = Negotiated.of(open(new ExtendedMessage()), open(new ExtendedMessage()));
        Negotiated weTake = Negotiated.of(open(new ExtendedMessage()), open());
        Negotiated theyTake = Negotiated.of(open(), open(new ExtendedMessage()));

        assertThat(bothTake.maxSent()).isEqualTo(65535);
        assertThat(weTake.maxSent()).isEqualTo(4096);
        assertThat(weTake.maxReceived()).isEqualTo(65535);
        assertThat(theyTake.maxSent()).isEqualTo(4096);
        assertThat(theyTake.maxReceived()).isEqualTo(4096);
    }

    @Test
    void thePeerKeepsTheFamiliesThatWeListedIfItKnowsGracefulRestart() {
        Open both = open(IPV4, IPV6, restart(IPV4_UNICAST, IPV6_UNICAST));

        assertThat(restartFamilies(both, open(IPV4, IPV6, restart())))
                .containsExactlyInAnyOrder(IPV4_UNICAST, IPV6_UNICAST);
        assertThat(restartFamilies(both, open(IPV4, restart()))).containsExactly(IPV4_UNICAST);
        assertThat(restartFamilies(both, open(IPV4, IPV6))).isEmpty();
        assertThat(restartFamilies(open(IPV4), open(IPV4, restart(IPV4_UNICAST))))
                .isEmpty();
    }

    /** RFC 4724 section 3. */
    @Test
    void theLastGracefulRestartCapabilityCounts() {
        Open twice = open(IPV4, IPV6, restart(IPV4_UNICAST), restart(IPV6_UNICAST));

        assertThat(restartFamilies(twice, open(IPV4, IPV6, restart()))).containsExactly(IPV6_UNICAST);
    }

    private static Set<Family> families(Open sent, Open received) {
        return Negotiated.of(sent, received).families();
    }

    private static Set<Family> restartFamilies(Open sent, Open received) {
        return Negotiated.of(sent, received).restartFamilies();
    }

    private static Open open(Capability... capabilities) {
        return Sessions.open(new Asn(64512), capabilities);
    }

    private static Capability restart(Family... families) {
        return new GracefulRestart(
                Set.of(),
                15,
                Stream.of(families)
                        .map(family -> new RestartFamily(family.afi(), family.safi(), Forwarding.PRESERVED))
                        .toList());
    }
}
