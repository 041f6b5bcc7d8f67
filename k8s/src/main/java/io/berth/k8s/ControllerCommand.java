package io.berth.k8s;

import io.berth.k8s.cluster.Cluster;
import io.berth.k8s.cluster.KubernetesCluster.View;
import io.berth.k8s.live.Role;
import io.berth.metrics.Exposition;
import io.berth.metrics.PeerMeters;
import io.berth.metrics.http.HttpEndpoint;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code berth controller}: allocates addresses. */
@Command(
        name = "controller",
        description = {
            "Allocates addresses to the services of a cluster, and writes them into their status.",
            "Several may run: one leads, another takes over when it is gone. SIGTERM or Ctrl-C ends it; services keep"
                    + " what they have."
        })
@SuppressWarnings("NullAway.Init")
final class ControllerCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(ControllerCommand.class);

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private OfficeOptions office;

    @Mixin
    private HttpOptions http;

    @Mixin
    private PolicyOptions.OfController allocation;

    @Override
    public Integer call() throws IOException {
        Identity identity = Identity.of("berth-controller");
        ClusterOptions.Chosen chosen = cluster.chosen();
        try (Termination termination = Termination.onSignal();
                Office held = office.of(chosen, identity);
                Cluster world = chosen.open(View.CONTROLLER, identity, held::isHeld);
                AllocatingHalf half = new AllocatingHalf(world, chosen.statuses(), allocation.settings())) {
            LivePages pages = new LivePages(world::unready, new Role.Controller(half.live()));
            try (Exposition exposition = new Exposition(pages.sources(), half.meters(), new PeerMeters());
                    HttpEndpoint endpoint = HttpEndpoint.start(http.address(), pages.router(exposition.page()))) {
                world.start(half);
                held.serve(half);
                LOG.info("serving cluster={} http={}", cluster, endpoint.uri());
                termination.await();
            }
        }
        return 0;
    }
}
