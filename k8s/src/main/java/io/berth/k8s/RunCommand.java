package io.berth.k8s;

import io.berth.bgp.BgpIdentifier;
import io.berth.bgp.PeerConfig.Connect;
import io.berth.bgp.Speaker;
import io.berth.k8s.advertisement.AdvertisementLoop;
import io.berth.k8s.advertisement.AdvertisementSettings;
import io.berth.k8s.advertisement.OwnIdentifier;
import io.berth.k8s.advertisement.OwnNode;
import io.berth.k8s.advertisement.Peers;
import io.berth.k8s.allocation.AllocationLoop;
import io.berth.k8s.cluster.Cluster;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.cluster.DirectoryCluster;
import io.berth.k8s.live.Allocating;
import io.berth.k8s.live.Announcing;
import io.berth.k8s.live.Role;
import io.berth.k8s.loop.LoopThread;
import io.berth.metrics.AllocationMeters;
import io.berth.metrics.Exposition;
import io.berth.metrics.PeerMeters;
import io.berth.metrics.http.HttpEndpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code berth run}: allocates addresses and announces them, in one process. */
@Command(
        name = "run",
        description = {
            "Allocates addresses to the services of a cluster and announces them over BGP: controller and speaker in"
                    + " one process, for one-node and edge clusters.",
            "The cluster is a directory of manifests, watched for changes; statuses and events are written beside them,"
                    + " in DIR/.berth, and never into them. SIGTERM or Ctrl-C closes the sessions and ends it."
        })
@SuppressWarnings("NullAway.Init")
final class RunCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Option(names = "--cluster", paramLabel = "DIR", required = true, description = "The directory of manifests.")
    private Path directory;

    @Option(
            names = "--node-name",
            paramLabel = "NAME",
            defaultValue = "${env:NODE_NAME:-}",
            description = "Which Node this is (default: NODE_NAME, or the only node that there is).")
    private String nodeName;

    @Option(
            names = "--http",
            paramLabel = "ADDR:PORT",
            defaultValue = ":7472",
            description = "Metrics, health, the JSON API and the status page (default: ${DEFAULT-VALUE}).")
    private InetSocketAddress http;

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

    @Mixin
    private PolicyOptions policy;

    @Override
    public Integer call() throws IOException {
        if (directory.toString().equals("kube")) {
            throw new IOException("--cluster kube is not served by this version; name a directory of manifests");
        }
        try (Termination termination = Termination.onSignal();
                Cluster cluster = new DirectoryCluster(directory)) {
            PeerMeters peerMeters = new PeerMeters();
            Speaker speaker = new Speaker(new PeerLog(peerMeters), RandomGenerator.getDefault());
            try {
                serve(cluster, speaker, peerMeters, termination);
            } finally {
                speaker.close("berth was stopped");
            }
        }
        return 0;
    }

    private void serve(Cluster cluster, Speaker speaker, PeerMeters peerMeters, Termination termination)
            throws IOException {
        AllocationMeters meters = new AllocationMeters(System::nanoTime);
        try (AllocationLoop allocation =
                        new AllocationLoop(cluster, policy.allocation(), meters, LoopThread.named("allocation"));
                AdvertisementLoop advertisement = new AdvertisementLoop(
                        cluster, speaker, advertisementSettings(), LoopThread.named("advertisement"))) {
            LivePages pages = new LivePages(new Role.Both(
                    new Allocating(allocation::snapshot), new Announcing(advertisement::snapshot, speaker::peers)));
            try (Exposition exposition = new Exposition(pages.sources(), meters, peerMeters);
                    HttpEndpoint endpoint = HttpEndpoint.start(http, pages.router(exposition.page()))) {
                if (listen.isPresent()) {
                    speaker.listen(listen.get());
                }
                follow(cluster, allocation, advertisement);
                LOG.info("serving cluster={} http={}", directory, endpoint.uri());
                termination.await();
            }
        }
    }

    /** The loops hear of the world once it is clear that they can work on it. */
    private void follow(Cluster cluster, AllocationLoop allocation, AdvertisementLoop advertisement)
            throws IOException {
        AtomicReference<Cluster.Listener> hearing = new AtomicReference<>((before, after) -> {});
        cluster.start((before, after) -> hearing.get().changed(before, after));
        if (OwnNode.in(cluster.state(), nodeName) instanceof OwnNode.Unknown(String why)) {
            throw new IOException(directory + ": " + why);
        }
        Cluster.Listener both = (before, after) -> {
            allocation.changed(before, after);
            advertisement.changed(before, after);
        };
        hearing.set(both);
        both.changed(ClusterState.EMPTY, cluster.state());
    }

    private AdvertisementSettings advertisementSettings() {
        Connect connect = listen.isPresent() ? Connect.BOTH : Connect.DIAL;
        Function<InetSocketAddress, BgpIdentifier> identifier = routerId.<Function<InetSocketAddress, BgpIdentifier>>
                        map(given -> _ -> given)
                .orElseGet(OwnIdentifier::ofFirstPeer);
        return new AdvertisementSettings(nodeName, policy.announcement(), new Peers.Own(identifier, connect));
    }
}
