package io.berth.k8s;

import io.berth.bgp.Speaker;
import io.berth.k8s.advertisement.AdvertisementLoop;
import io.berth.k8s.advertisement.AdvertisementSettings;
import io.berth.k8s.advertisement.OwnNode;
import io.berth.k8s.allocation.AllocationLoop;
import io.berth.k8s.cluster.Cluster;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.cluster.KubernetesCluster.View;
import io.berth.k8s.loop.LoopThread;
import io.berth.metrics.AllocationMeters;
import io.berth.metrics.Exposition;
import io.berth.metrics.PeerMeters;
import io.berth.metrics.http.HttpEndpoint;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code berth run}: allocates addresses and announces them, in one process. */
@Command(
        name = "run",
        description = {
            "Allocates addresses to the services of a cluster and announces them over BGP: controller and speaker in"
                    + " one process, for one-node and edge clusters.",
            "SIGTERM or Ctrl-C closes the sessions and ends it."
        })
@SuppressWarnings("NullAway.Init")
final class RunCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private OfficeOptions office;

    @Mixin
    private NodeOptions node;

    @Mixin
    private HttpOptions http;

    @Mixin
    private PolicyOptions policy;

    @Override
    public Integer call() throws IOException {
        Identity identity = Identity.of("berth");
        ClusterOptions.Chosen chosen = cluster.chosen();
        try (Termination termination = Termination.onSignal();
                Office held = office.of(chosen, identity);
                Cluster world = chosen.open(View.BOTH, identity, held::isHeld)) {
            PeerMeters peerMeters = new PeerMeters();
            Speaker speaker = new Speaker(new PeerLog(peerMeters), RandomGenerator.getDefault());
            try {
                serve(world, held, speaker, peerMeters, termination);
            } finally {
                speaker.close("berth was stopped");
            }
        }
        return 0;
    }

    private void serve(Cluster world, Office held, Speaker speaker, PeerMeters peerMeters, Termination termination)
            throws IOException {
        AllocationMeters meters = new AllocationMeters(System::nanoTime);
        AdvertisementSettings settings = new AdvertisementSettings(node.name(), policy.announcement(), node.own());
        try (AllocationLoop allocation =
                        new AllocationLoop(world, policy.allocation(), meters, LoopThread.named("allocation"));
                AdvertisementLoop advertisement =
                        new AdvertisementLoop(world, speaker, settings, LoopThread.named("advertisement"))) {
            LivePages pages = new LivePages(allocation, advertisement, speaker);
            try (Exposition exposition = new Exposition(pages.sources(), meters, peerMeters);
                    HttpEndpoint endpoint = HttpEndpoint.start(http.address(), pages.router(exposition.page()))) {
                if (node.listen().isPresent()) {
                    speaker.listen(node.listen().get());
                }
                follow(world, allocation, advertisement);
                held.serve(allocation, world);
                LOG.info("serving cluster={} http={}", cluster, endpoint.uri());
                termination.await();
            }
        }
    }

    /** The loops hear of the world once it is clear that they can work on it; of an API server that shows later. */
    private void follow(Cluster world, AllocationLoop allocation, AdvertisementLoop advertisement) throws IOException {
        AtomicReference<Cluster.Listener> hearing = new AtomicReference<>((_, _) -> {});
        world.start((before, after) -> hearing.get().changed(before, after));
        boolean known = world.unready().isEmpty();
        if (known && OwnNode.in(world.state(), node.name()) instanceof OwnNode.Unknown(String why)) {
            throw new IOException(cluster + ": " + why);
        }
        Cluster.Listener both = (before, after) -> {
            allocation.changed(before, after);
            advertisement.changed(before, after);
        };
        hearing.set(both);
        both.changed(ClusterState.EMPTY, world.state());
    }
}
