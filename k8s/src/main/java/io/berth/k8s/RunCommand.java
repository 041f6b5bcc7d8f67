package io.berth.k8s;

import io.berth.k8s.cluster.Cluster;
import io.berth.k8s.cluster.KubernetesCluster.View;
import io.berth.k8s.live.Role;
import io.berth.metrics.Exposition;
import io.berth.metrics.http.HttpEndpoint;
import java.io.IOException;
import java.util.concurrent.Callable;
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
            "SIGTERM or Ctrl-C closes the sessions, with --drain after routers had time to turn to other nodes, and"
                    + " ends it."
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
    private DrainOptions drain;

    @Mixin
    private HttpOptions http;

    @Mixin
    private PolicyOptions policy;

    @Override
    public Integer call() throws IOException {
        Identity identity = Identity.of("berth");
        ClusterOptions.Chosen chosen = cluster.chosen();
        try (Termination termination = Termination.onSignal(drain.time());
                Office held = office.of(chosen, identity);
                Cluster world = chosen.open(View.BOTH, identity, held::isHeld);
                AllocatingHalf allocating = new AllocatingHalf(world, chosen.statuses(), policy.allocation());
                AnnouncingHalf announcing = new AnnouncingHalf(world, chosen.statuses(), node, policy.announcement())) {
            LivePages pages = new LivePages(world::unready, new Role.Both(allocating.live(), announcing.live()));
            try (Exposition exposition = new Exposition(pages.sources(), allocating.meters(), announcing.meters());
                    HttpEndpoint endpoint = HttpEndpoint.start(http.address(), pages.router(exposition.page()))) {
                announcing.listen(node);
                node.follow(world, (before, after) -> {
                    allocating.changed(before, after);
                    announcing.changed(before, after);
                });
                held.serve(allocating);
                announcing.begin();
                LOG.info("serving cluster={} http={}", cluster, endpoint.uri());
                termination.await();
                drain.leave(announcing);
            }
        }
        return 0;
    }
}
