package io.berth.k8s;

import io.berth.bgp.BgpIdentifier;
import io.berth.bgp.PeerConfig.Connect;
import io.berth.k8s.advertisement.OwnIdentifier;
import io.berth.k8s.advertisement.Peers;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** Which node a speaker speaks for, and how it is known to its peers. */
@SuppressWarnings("NullAway.Init")
final class NodeOptions {

    @Option(
            names = "--node-name",
            paramLabel = "NAME",
            defaultValue = "${env:NODE_NAME:-}",
            description = "Which Node this is (default: NODE_NAME, or the only node that there is).")
    private String nodeName;

    @Option(
            names = "--listen",
            paramLabel = "ADDR:PORT",
            description = "Let peers dial us here, too (default: nowhere).")
    private Optional<InetSocketAddress> listen;

    @Option(
            names = "--router-id",
            paramLabel = "ID",
            description = "The BGP Identifier towards peers whose BGPPeer names none (default: our own address towards"
                    + " the first peer).")
    private Optional<BgpIdentifier> routerId;

    /** Empty where none was given. */
    String name() {
        return nodeName;
    }

    Optional<InetSocketAddress> listen() {
        return listen;
    }

    Peers.Own own() {
        Function<InetSocketAddress, BgpIdentifier> identifier = routerId.<Function<InetSocketAddress, BgpIdentifier>>
                        map(given -> _ -> given)
                .orElseGet(OwnIdentifier::ofFirstPeer);
        return new Peers.Own(identifier, listen.isPresent() ? Connect.BOTH : Connect.DIAL);
    }
}
