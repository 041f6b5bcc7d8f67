package io.berth.k8s;

import io.berth.bgp.BgpIdentifier;
import io.berth.bgp.Introduction;
import io.berth.bgp.PeerConfig.Connect;
import io.berth.k8s.advertisement.OwnIdentifier;
import io.berth.k8s.advertisement.OwnNode;
import io.berth.k8s.advertisement.Peers;
import io.berth.k8s.cluster.Cluster;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.cluster.Picture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
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

    /** By the node's name, which may be another than the host's. */
    Introduction introduction() {
        return nodeName.isEmpty() ? OwnIntroduction.ofHost() : OwnIntroduction.of(nodeName);
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

    /**
     * Lets somebody hear of the world.
     *
     * @throws IOException where it is written down and does not tell which node this is; of an API server that can still show
     */
    void follow(Cluster world, Cluster.Listener listener) throws IOException {
        AtomicReference<Cluster.Listener> hearing = new AtomicReference<>((_, _) -> {});
        world.start((before, after) -> hearing.get().changed(before, after));
        ClusterState known = world.state();
        if (world.unready().isEmpty()
                && known.picture() == Picture.DECLARED
                && OwnNode.in(known, nodeName) instanceof OwnNode.Unknown(String why)) {
            throw new IOException(why);
        }
        hearing.set(listener);
        listener.changed(ClusterState.EMPTY, world.state());
    }
}
