package io.berth.bgp.fsm;

import io.berth.bgp.Asn;
import io.berth.bgp.BgpIdentifier;
import io.berth.bgp.HoldTime;
import io.berth.bgp.PeerConfig;
import io.berth.bgp.PeerConfig.Connect;
import io.berth.bgp.PeerConfig.Local;
import io.berth.bgp.PeerConfig.PeerAs;
import io.berth.bgp.PeerConfig.Transport;
import io.berth.bgp.message.Capability;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.Open;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;

/** Configurations and OPENs that the tests of the machines begin with. */
final class Peers {

    static final Asn OURS = new Asn(64512);
    static final Asn THEIRS = new Asn(64513);

    private Peers() {}

    static PeerConfig config(Connect connect) {
        return new PeerConfig(
                "tor",
                new InetSocketAddress(InetAddress.ofLiteral("10.0.0.2"), 179),
                new Local(OURS, BgpIdentifier.parse("10.0.0.1"), HoldTime.DEFAULT, Set.of(Family.IPV4_UNICAST)),
                new PeerAs.Exactly(THEIRS),
                connect,
                Transport.DEFAULT);
    }

    static Open open(Asn as, String identifier, int holdTime) {
        return new Open(
                as,
                new HoldTime(holdTime),
                BgpIdentifier.parse(identifier),
                List.of(Capability.Multiprotocol.of(Family.IPV4_UNICAST), new Capability.FourOctetAs(as)));
    }

    static Open ours() {
        return open(OURS, "10.0.0.1", 90);
    }

    static Open theirs() {
        return open(THEIRS, "10.0.0.2", 90);
    }
}
