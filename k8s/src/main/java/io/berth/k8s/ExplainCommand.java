package io.berth.k8s;

import io.berth.allocator.ServiceKey;
import io.berth.k8s.allocation.Decided;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.live.Reading;
import io.berth.k8s.plan.Explanation;
import io.berth.k8s.plan.ExplanationText;
import io.berth.k8s.plan.ExplanationTree;
import io.berth.k8s.plan.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code berth explain}: why one service has, or has not, its address. */
@Command(
        name = "explain",
        description = {
            "Says why a service has, or has not, its address: every pool that was considered and the verdict on it;"
                    + " then where the address is announced, or what is in the way.",
            "It asks a running process: 'berth run' knows all of it, 'berth controller' the pools, and each 'berth"
                    + " speaker' what its node announces. With -f it works out what manifests come to, as 'berth plan'"
                    + " does; the options that decide for a cluster are for that.",
            "Exit status 1 if there is no such service, or no answer."
        })
final class ExplainCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAMESPACE/SERVICE", arity = "0..1", description = "The service.")
    private Optional<String> service = Optional.empty();

    @Mixin
    private LiveOptions live = new LiveOptions();

    @Option(
            names = {"-f", "--filename"},
            paramLabel = "PATH",
            arity = "1..*",
            description = "Explain what these files and directories of manifests come to, and ask no process.")
    private List<Path> paths = List.of();

    @Mixin
    private PolicyOptions policy = new PolicyOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (paths.isEmpty()) {
            rejectGiven(
                    Objects.requireNonNull(spec.mixins().get("policy")).options(),
                    "is for manifests; name some with -f");
            return live.print(Reading.of(live.server(), key(service)), ExplanationText::of);
        }
        rejectGiven(List.of(spec.findOption("--server")), "asks a running process; with -f there is none to ask");
        // As -f takes as many paths as follow, it has also taken a service that was named after them.
        boolean namedLast = service.isEmpty() && paths.size() > 1 && !Files.exists(paths.getLast());
        ServiceKey key = key(namedLast ? Optional.of(paths.getLast().toString()) : service);
        return switch (ManifestOptions.read(namedLast ? paths.subList(0, paths.size() - 1) : paths)) {
            case ManifestOptions.Read.Valid(ClusterState state) -> live.print(planned(key, state), ExplanationText::of);
            case ManifestOptions.Read.Invalid invalid -> invalid.report(spec);
        };
    }

    /** What would mean nothing is not passed over in silence, unless it stands in the environment for other commands. */
    private void rejectGiven(List<OptionSpec> options, String why) {
        options.stream()
                .filter(spec.commandLine().getParseResult()::hasMatchedOption)
                .findFirst()
                .ifPresent(given -> {
                    throw new ParameterException(spec.commandLine(), given.longestName() + " " + why);
                });
    }

    private ServiceKey key(Optional<String> named) {
        try {
            return ServiceKey.parse(named.orElseThrow(
                    () -> new ParameterException(spec.commandLine(), "which service? name NAMESPACE/SERVICE")));
        } catch (IllegalArgumentException malformed) {
            throw new ParameterException(spec.commandLine(), String.valueOf(malformed.getMessage()), malformed);
        }
    }

    private Reading planned(ServiceKey key, ClusterState state) {
        Plan plan = Plan.of(state, policy.at(Instant.now()));
        Stream<ServiceKey> known = plan.services().stream().map(Decided::service);
        return Explanation.of(plan, key)
                .<Reading>map(explanation -> new Reading.Told(ExplanationTree.of(explanation)))
                .orElseGet(() -> new Reading.NotTold(ExplanationText.unknown(key, known)));
    }
}
