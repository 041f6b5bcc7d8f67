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
import io.berth.bgp.message.Capability.GracefulRestart;
import io.berth.bgp.message.Capability.Multiprotocol;
import io.berth.bgp.message.Capability.RouteRefreshing;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.Open;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the two OPENs of a session have agreed on. Everything that depends on the peer's abilities is asked here and nowhere
 * else.
 *
 * @param families exchanged in both directions
 * @param restartFamilies those whose routes the peer keeps while we restart: we have listed them, and the peer knows graceful
 *     restart (RFC 4724 section 4.2)
 * @param maxSent the largest message, in octets, that the peer takes
 * @param maxReceived the largest message, in octets, that we have said we take
 */
public record Negotiated(
        Asn localAs,
        Asn remoteAs,
        BgpIdentifier remoteIdentifier,
        HoldTime holdTime,
        Set<Family> families,
        AsWidth asWidth,
        Ipv4NextHops ipv4NextHops,
        Refresh refresh,
        Set<Family> restartFamilies,
        int maxSent,
        int maxReceived) {

    public Negotiated {
        families = Set.copyOf(families);
        restartFamilies = Set.copyOf(restartFamilies);
    }

    /** The largest message without RFC 8654. */
    public static final int STANDARD_MESSAGE = 4096;

    /** The largest message with RFC 8654. */
    public static final int EXTENDED_MESSAGE = 65535;

    /** How AS numbers are written in AS_PATH and AGGREGATOR (RFC 6793). */
    public enum AsWidth {
        TWO_OCTETS,
        FOUR_OCTETS
    }

    /** What the next hop of an IPv4 route may be (RFC 8950). */
    public enum Ipv4NextHops {
        IPV4,
        IPV4_OR_IPV6
    }

    /** Whether a ROUTE-REFRESH may be sent, and whether its answer is framed (RFC 2918, RFC 7313). */
    public enum Refresh {
        NONE,
        PLAIN,
        ENHANCED
    }

    /** What holds for a session in which we sent {@code sent} and received {@code received}. */
    public static Negotiated of(Open sent, Open received) {
        Set<Family> families = commonFamilies(sent, received);
        return new Negotiated(
                sent.as(),
                received.as(),
                received.identifier(),
                sent.holdTime().negotiatedWith(received.holdTime()),
                families,
                both(sent, received, FourOctetAs.class) ? AsWidth.FOUR_OCTETS : AsWidth.TWO_OCTETS,
                readsIpv6NextHops(sent) && readsIpv6NextHops(received) ? Ipv4NextHops.IPV4_OR_IPV6 : Ipv4NextHops.IPV4,
                refresh(sent, received),
                restartFamilies(families, sent, received),
                maxSent(sent, received),
                sent.has(ExtendedMessage.class) ? EXTENDED_MESSAGE : STANDARD_MESSAGE);
    }

    /**
     * RFC 8654 lets us send what the peer has said it takes; FRR takes it only from one who has said the same, and ends the session
     * otherwise.
     */
    private static int maxSent(Open sent, Open received) {
        return both(sent, received, ExtendedMessage.class) ? EXTENDED_MESSAGE : STANDARD_MESSAGE;
    }

    /** Whether both speakers are of one AS (RFC 4271 section 1.1, IBGP). */
    public boolean isInternal() {
        return localAs.equals(remoteAs);
    }

    private static Set<Family> commonFamilies(Open sent, Open received) {
        Set<Family> common = EnumSet.noneOf(Family.class);
        for (Family family : Family.values()) {
            if (speaks(sent, family) && speaks(received, family)) {
                common.add(family);
            }
        }
        return common;
    }

    /** Without any multiprotocol capability a speaker exchanges IPv4 unicast only (RFC 4760 section 8). */
    private static boolean speaks(Open open, Family family) {
        List<Multiprotocol> announced = open.all(Multiprotocol.class);
        return announced.isEmpty()
                ? family == Family.IPV4_UNICAST
                : announced.stream().anyMatch(capability -> capability.isFor(family));
    }

    private static boolean readsIpv6NextHops(Open open) {
        return open.all(ExtendedNextHop.class).stream()
                .anyMatch(capability -> capability.encodings().contains(Encoding.IPV4_OVER_IPV6));
    }

    /** Of several such capabilities in one OPEN the last one counts (RFC 4724 section 3). */
    private static Set<Family> restartFamilies(Set<Family> common, Open sent, Open received) {
        List<GracefulRestart> ours = sent.all(GracefulRestart.class);
        if (ours.isEmpty() || !received.has(GracefulRestart.class)) {
            return Set.of();
        }
        Set<Family> kept = EnumSet.copyOf(common);
        kept.removeIf(family -> ours.getLast().families().stream()
                .noneMatch(listed -> listed.afi() == family.afi() && listed.safi() == family.safi()));
        return kept;
    }

    private static boolean both(Open sent, Open received, Class<? extends Capability> kind) {
        return sent.has(kind) && received.has(kind);
    }

    private static Refresh refresh(Open sent, Open received) {
        if (both(sent, received, EnhancedRouteRefresh.class)) {
            return Refresh.ENHANCED;
        }
        return both(sent, received, RouteRefreshing.class) ? Refresh.PLAIN : Refresh.NONE;
    }
}
