package io.berth.k8s;

import io.berth.k8s.cluster.Cluster;
import io.berth.k8s.cluster.KubernetesCluster.View;
import io.berth.k8s.live.Role;
import io.berth.metrics.AllocationMeters;
import io.berth.metrics.Exposition;
import io.berth.metrics.http.HttpEndpoint;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code berth speaker}: announces the addresses of services from a node. */
@Command(
        name = "speaker",
        description = {
            "Announces the addresses of services over BGP from the node that it runs on: one on every node.",
            "SIGTERM or Ctrl-C closes the sessions, with --drain after routers had time to turn to other nodes, and"
                    + " ends it."
        })
@SuppressWarnings("NullAway.Init")
final class SpeakerCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(SpeakerCommand.class);

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private NodeOptions node;

    @Mixin
    private DrainOptions drain;

    @Mixin
    private HttpOptions http;

    @Mixin
    private PolicyOptions.OfSpeaker announcement;

    @Override
    public Integer call() throws IOException {
        ClusterOptions.Chosen chosen = cluster.chosen();
        Identity identity = new Identity("berth-speaker", node.name());
        try (Termination termination = Termination.onSignal(drain.time());
                Cluster world = chosen.open(View.SPEAKER, identity, () -> true);
                AnnouncingHalf half = new AnnouncingHalf(world, chosen.statuses(), node, announcement.rules())) {
            LivePages pages = new LivePages(world::unready, new Role.Speaker(half.live()));
            try (Exposition exposition =
                            new Exposition(pages.sources(), new AllocationMeters(System::nanoTime), half.meters());
                    HttpEndpoint endpoint = HttpEndpoint.start(http.address(), pages.router(exposition.page()))) {
                half.listen(node);
                node.follow(world, half);
                half.begin();
                LOG.info("serving cluster={} node={} http={}", cluster, node.name(), endpoint.uri());
                termination.await();
                drain.leave(half);
            }
        }
        return 0;
    }
}
