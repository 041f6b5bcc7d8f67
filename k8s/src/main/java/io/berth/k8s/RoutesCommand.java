package io.berth.k8s;

import io.berth.k8s.live.Reading;
import io.berth.k8s.plan.ApiText;
import io.berth.metrics.http.Api.Part;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code berth routes}: what a node announces. */
@Command(
        name = "routes",
        description = {
            "What a running 'berth speaker' or 'berth run' announces to each peer, every session taken as up; in the"
                    + " order of prefixes and peers.",
            "Exit status 1 if there is no answer."
        })
final class RoutesCommand implements Callable<Integer> {

    @Filter
    @Option(names = "--node", paramLabel = "NODE", description = "Only what is announced from this node.")
    private Optional<String> node = Optional.empty();

    @Filter
    @Option(names = "--peer", paramLabel = "PEER", description = "Only what is announced to this peer.")
    private Optional<String> peer = Optional.empty();

    @Mixin
    private LiveOptions live = new LiveOptions();

    @Override
    public Integer call() {
        Reading wanted = Reading.of(live.server(), Part.ROUTES)
                .only(route -> is(node, route.path("node")) && is(peer, route.path("peer")));
        return live.print(wanted, this::text);
    }

    private static boolean is(Optional<String> wanted, JsonNode name) {
        return wanted.map(name.asString("")::equals).orElse(true);
    }

    private String text(JsonNode routes) {
        return routes.isEmpty()
                ? "No routes" + node.map(name -> " from node " + name).orElse("")
                        + peer.map(name -> " to peer " + name).orElse("") + ".\n"
                : ApiText.routes(routes.valueStream());
    }
}
