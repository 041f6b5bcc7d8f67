package io.berth.k8s;

import io.berth.k8s.live.Reading;
import io.berth.k8s.plan.ApiText;
import io.berth.k8s.resource.NearestName;
import io.berth.metrics.http.Api.Part;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code berth pools}: how the pools are used. */
@Command(
        name = "pools",
        description = {
            "How the pools of a running 'berth controller' or 'berth run' are used: addresses that services have and"
                    + " that are free, and how many each namespace has. The most preferred pool comes first.",
            "Exit status 1 if there is no such pool, or no answer."
        })
final class PoolsCommand implements Callable<Integer> {

    @Parameters(paramLabel = "POOL", arity = "0..1", description = "Only this pool.")
    private Optional<String> name = Optional.empty();

    @Mixin
    private LiveOptions live = new LiveOptions();

    @Override
    public Integer call() {
        Reading all = Reading.of(live.server(), Part.POOLS);
        return live.print(name.map(wanted -> PoolsCommand.named(wanted, all)).orElse(all), PoolsCommand::text);
    }

    private static Reading named(String wanted, Reading all) {
        return switch (all.only(pool -> name(pool).equals(wanted))) {
            case Reading.Told(JsonNode none)
            when none.isEmpty() ->
                new Reading.NotTold("there is no pool " + wanted + NearestName.hint(wanted, names(all)));
            case Reading found -> found;
        };
    }

    private static List<String> names(Reading pools) {
        return pools instanceof Reading.Told(JsonNode all)
                ? all.valueStream().map(PoolsCommand::name).toList()
                : List.of();
    }

    private static String name(JsonNode pool) {
        return pool.path("name").asString("");
    }

    private static String text(JsonNode pools) {
        return pools.isEmpty()
                ? "No pools.\n"
                : ApiText.pools(pools.valueStream().toList());
    }
}
