package io.berth.k8s;

import io.berth.k8s.live.Reading;
import io.berth.k8s.plan.ApiText;
import io.berth.metrics.http.Api.Part;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code berth allocations}: which service has which address. */
@Command(
        name = "allocations",
        description = {
            "Which service has which address from which pool, and why, as a running 'berth controller' or 'berth run'"
                    + " has decided; in the order of their names. The table leaves out services that are not of type"
                    + " LoadBalancer.",
            "Exit status 1 if there is no answer."
        })
final class AllocationsCommand implements Callable<Integer> {

    @Filter
    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "Only the services of this namespace.")
    private Optional<String> namespace = Optional.empty();

    @Mixin
    private LiveOptions live = new LiveOptions();

    @Override
    public Integer call() {
        Reading wanted = Reading.of(live.server(), Part.ALLOCATIONS).only(this::isWanted);
        return live.print(wanted, this::text);
    }

    private boolean isWanted(JsonNode service) {
        return namespace.map(service.path("namespace").asString("")::equals).orElse(true);
    }

    private String text(JsonNode services) {
        List<JsonNode> shown = services.valueStream()
                .filter(service -> !service.path("outcome").asString("").equals("NotLoadBalancer"))
                .toList();
        return shown.isEmpty()
                ? "No services of type LoadBalancer"
                        + namespace.map(name -> " in namespace " + name).orElse("") + ".\n"
                : ApiText.services(shown.stream());
    }
}
