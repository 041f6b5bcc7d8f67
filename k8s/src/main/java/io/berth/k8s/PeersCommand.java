package io.berth.k8s;

import io.berth.k8s.live.Reading;
import io.berth.k8s.plan.ApiText;
import io.berth.metrics.http.Api.Part;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** {@code berth peers}: how the BGP sessions of a node are. */
@Command(
        name = "peers",
        description = {
            "The BGP sessions of a running 'berth speaker' or 'berth run': since when each is in its state, how many"
                    + " prefixes of each family the peer has been sent, how many wait to be sent, and why a session is"
                    + " not up.",
            "Exit status 1 if there is no answer."
        })
final class PeersCommand implements Callable<Integer> {

    @Mixin
    private LiveOptions live = new LiveOptions();

    @Override
    public Integer call() {
        return live.print(Reading.of(live.server(), Part.PEERS), PeersCommand::text);
    }

    private static String text(JsonNode peers) {
        return peers.isEmpty() ? "No peers.\n" : ApiText.peers(peers.valueStream());
    }
}
