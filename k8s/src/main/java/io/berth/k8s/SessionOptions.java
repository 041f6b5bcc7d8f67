package io.berth.k8s;

import io.berth.bgp.Asn;
import io.berth.bgp.BgpIdentifier;
import io.berth.bgp.HoldTime;
import io.berth.bgp.PeerConfig;
import io.berth.bgp.message.Family;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** Our side of the sessions of a command that is no Kubernetes speaker. */
@SuppressWarnings("NullAway.Init")
final class SessionOptions {

    @Option(names = "--local-as", paramLabel = "AS", required = true, description = "Our AS number.")
    private Asn localAs;

    @Option(
            names = "--router-id",
            paramLabel = "ID",
            description = "Our BGP Identifier (default: our own address towards the first peer).")
    private Optional<BgpIdentifier> routerId;

    @Option(names = "--listen", paramLabel = "ADDR:PORT", description = "Let peers dial us here (default: nowhere).")
    private Optional<InetSocketAddress> listen;

    @Option(
            names = "--hold-time",
            paramLabel = "SECONDS",
            defaultValue = "90",
            description = "The hold time to propose: 0, or 3 to 65535 (default: ${DEFAULT-VALUE}).")
    private HoldTime holdTime;

    @Option(
            names = "--families",
            paramLabel = "FAMILY",
            split = ",",
            defaultValue = "ipv4,ipv6",
            description = "The address families to exchange: ipv4, ipv6 or both (default: ${DEFAULT-VALUE}).")
    private EnumSet<Family> families;

    Optional<InetSocketAddress> listen() {
        return listen;
    }

    Set<Family> families() {
        return families;
    }

    /** Our OPEN, with this identifier unless another one was given. */
    PeerConfig.Local local(BgpIdentifier identifier) {
        return new PeerConfig.Local(localAs, routerId.orElse(identifier), holdTime, families);
    }
}
