package io.berth.bgp;

import io.berth.bgp.PeerConfig.Local;
import io.berth.bgp.message.Capability;
import io.berth.bgp.message.Capability.EnhancedRouteRefresh;
import io.berth.bgp.message.Capability.ExtendedMessage;
import io.berth.bgp.message.Capability.ExtendedNextHop;
import io.berth.bgp.message.Capability.ExtendedNextHop.Encoding;
import io.berth.bgp.message.Capability.FourOctetAs;
import io.berth.bgp.message.Capability.Fqdn;
import io.berth.bgp.message.Capability.GracefulRestart;
import io.berth.bgp.message.Capability.Multiprotocol;
import io.berth.bgp.message.Capability.RouteRefreshing;
import io.berth.bgp.message.Capability.SoftwareVersion;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.Open;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What we say of ourselves to a peer (RFC 5492): all that we can do, in the order of the capabilities' codes. */
final class OwnOpen {

    /** The peer may restart; our own routes go when we go (RFC 4724 section 3). */
    private static final GracefulRestart RECEIVING_ONLY = new GracefulRestart(Set.of(), 0, List.of());

    private OwnOpen() {}

    static Open of(Local local, Introduction introduction) {
        List<Capability> capabilities = new ArrayList<>();
        families(local).map(Multiprotocol::of).forEach(capabilities::add);
        capabilities.add(new RouteRefreshing());
        if (local.families().contains(Family.IPV4_UNICAST)) {
            capabilities.add(new ExtendedNextHop(List.of(Encoding.IPV4_OVER_IPV6)));
        }
        capabilities.add(new ExtendedMessage());
        capabilities.add(RECEIVING_ONLY);
        capabilities.add(new FourOctetAs(local.as()));
        capabilities.add(new EnhancedRouteRefresh());
        if (!introduction.host().isEmpty()) {
            capabilities.add(new Fqdn(introduction.host(), introduction.domain()));
        }
        if (!introduction.software().isEmpty()) {
            capabilities.add(new SoftwareVersion(introduction.software()));
        }
        return new Open(local.as(), local.holdTime(), local.identifier(), capabilities);
    }

    private static Stream<Family> families(Local local) {
        return Stream.of(Family.values()).filter(local.families()::contains);
    }
}
