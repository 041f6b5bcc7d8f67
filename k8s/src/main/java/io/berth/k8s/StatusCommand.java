package io.berth.k8s;

import io.berth.k8s.live.Readiness;
import io.berth.k8s.live.Reading;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code berth status}: whether a process is ready. */
@Command(
        name = "status",
        description = {
            "Whether a running process is ready, and if not, why.",
            "Exit status 1 if it is not ready, or there is no answer."
        })
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private LiveOptions live = new LiveOptions();

    @Override
    public Integer call() {
        return switch (Readiness.of(live.server())) {
            case Readiness.Ready _ -> {
                live.print(told(true, List.of()), _ -> "ready\n");
                yield 0;
            }
            case Readiness.Unready(List<String> reasons) -> {
                live.print(told(false, reasons), _ -> text(reasons));
                yield LiveOptions.NOT_SO;
            }
            case Readiness.Unknown(String why) -> live.print(new Reading.NotTold(why), _ -> "");
        };
    }

    private static Reading told(boolean ready, List<String> reasons) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode().put("ready", ready);
        ArrayNode array = tree.putArray("reasons");
        reasons.forEach(array::add);
        return new Reading.Told(tree);
    }

    private static String text(List<String> reasons) {
        return reasons.stream().map(reason -> "not ready: " + reason + "\n").collect(Collectors.joining());
    }
}
