package io.berth.bgp.codec;

import io.berth.bgp.Asn;
import io.berth.bgp.BgpIdentifier;
import io.berth.bgp.HoldTime;
import io.berth.bgp.message.Capability;
import io.berth.bgp.message.Capability.EnhancedRouteRefresh;
import io.berth.bgp.message.Capability.ExtendedMessage;
import io.berth.bgp.message.Capability.ExtendedNextHop;
import io.berth.bgp.message.Capability.ExtendedNextHop.Encoding;
import io.berth.bgp.message.Capability.FourOctetAs;
import io.berth.bgp.message.Capability.Multiprotocol;
import io.berth.bgp.message.Capability.RouteRefreshing;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.Open;
import java.util.List;
import java.util.stream.Stream;

/** Sessions as the tests need them; we are AS 64512. */
public final class Sessions {

    public static final Asn LOCAL_AS = new Asn(64512);
    public static final Asn REMOTE_AS = new Asn(64513);

    private static final Capability IPV4 = Multiprotocol.of(Family.IPV4_UNICAST);
    private static final Capability IPV6 = Multiprotocol.of(Family.IPV6_UNICAST);

    private Sessions() {}

    /** eBGP with a modern router: both families, four-octet AS numbers, route refresh. */
    public static Negotiated external() {
        return between(LOCAL_AS, REMOTE_AS, IPV4, IPV6, new RouteRefreshing());
    }

    /** iBGP with a modern router. */
    public static Negotiated internal() {
        return between(LOCAL_AS, LOCAL_AS, IPV4, IPV6, new RouteRefreshing());
    }

    /** eBGP for IPv4 alone. */
    public static Negotiated ipv4Only() {
        return between(LOCAL_AS, REMOTE_AS, IPV4);
    }

    /** eBGP for IPv6 alone. */
    public static Negotiated ipv6Only() {
        return between(LOCAL_AS, REMOTE_AS, IPV6);
    }

    /** eBGP with framed answers to ROUTE-REFRESH. */
    public static Negotiated enhancedRefresh() {
        return between(LOCAL_AS, REMOTE_AS, IPV4, IPV6, new RouteRefreshing(), new EnhancedRouteRefresh());
    }

    /** eBGP with messages of up to 65535 octets. */
    public static Negotiated extendedMessages() {
        return between(LOCAL_AS, REMOTE_AS, IPV4, IPV6, new ExtendedMessage());
    }

    /** eBGP with a router that reads IPv6 next hops of IPv4 routes. */
    public static Negotiated extendedNextHops() {
        return between(LOCAL_AS, REMOTE_AS, IPV4, IPV6, new ExtendedNextHop(List.of(Encoding.IPV4_OVER_IPV6)));
    }

    /** eBGP with a router that knows two octets of an AS number. */
    public static Negotiated twoOctets() {
        return Negotiated.of(open(LOCAL_AS, new FourOctetAs(LOCAL_AS)), open(REMOTE_AS));
    }

    /** eBGP from an AS whose number needs four octets, with a router that knows two. */
    public static Negotiated twoOctetsFrom(Asn localAs) {
        return Negotiated.of(open(localAs, new FourOctetAs(localAs)), open(REMOTE_AS));
    }

    private static Negotiated between(Asn local, Asn remote, Capability... capabilities) {
        return Negotiated.of(
                open(local, with(new FourOctetAs(local), capabilities)),
                open(remote, with(new FourOctetAs(remote), capabilities)));
    }

    private static Capability[] with(Capability one, Capability... others) {
        return Stream.concat(Stream.of(one), Stream.of(others)).toArray(Capability[]::new);
    }

    /** An OPEN that says so. */
    public static Open open(Asn as, Capability... capabilities) {
        return new Open(as, HoldTime.DEFAULT, BgpIdentifier.parse("192.0.2.1"), List.of(capabilities));
    }
}
