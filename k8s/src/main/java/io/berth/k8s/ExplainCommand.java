package io.berth.k8s;

import io.berth.allocator.ServiceKey;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.plan.Explanation;
import io.berth.k8s.plan.ExplanationText;
import io.berth.k8s.plan.ExplanationTree;
import io.berth.k8s.plan.Plan;
import io.berth.k8s.resource.NearestName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
            "Exit status 1 if there is no such service."
        })
final class ExplainCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAMESPACE/SERVICE", arity = "0..1", description = "The service.")
    private Optional<String> service = Optional.empty();

    @Mixin
    private ManifestOptions manifests = new ManifestOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|json|yaml",
            defaultValue = "table",
            description = "How to print it (default: ${DEFAULT-VALUE}).")
    private OutputFormat output = OutputFormat.TABLE;

    @Mixin
    private PolicyOptions policy = new PolicyOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        List<Path> paths = manifests.paths();
        // As -f takes as many paths as follow, it has also taken a service that was named after them.
        boolean namedLast = service.isEmpty() && paths.size() > 1 && !Files.exists(paths.getLast());
        ServiceKey key = key(namedLast ? Optional.of(paths.getLast().toString()) : service);
        return switch (manifests.read(namedLast ? paths.subList(0, paths.size() - 1) : paths)) {
            case ManifestOptions.Read.Valid(ClusterState state) -> print(key, state);
            case ManifestOptions.Read.Invalid invalid -> invalid.report(spec);
        };
    }

    private ServiceKey key(Optional<String> named) {
        try {
            return ServiceKey.parse(named.orElseThrow(
                    () -> new ParameterException(spec.commandLine(), "which service? name NAMESPACE/SERVICE")));
        } catch (IllegalArgumentException malformed) {
            throw new ParameterException(spec.commandLine(), String.valueOf(malformed.getMessage()), malformed);
        }
    }

    private int print(ServiceKey key, ClusterState state) {
        Plan plan = Plan.of(state, policy.at(Instant.now()));
        Optional<Explanation> explanation = Explanation.of(plan, key);
        explanation.ifPresentOrElse(
                found -> output.print(spec, () -> ExplanationTree.of(found), () -> ExplanationText.of(found)),
                () -> spec.commandLine().getErr().println(unknown(key, plan)));
        return explanation.isPresent() ? 0 : 1;
    }

    private static String unknown(ServiceKey key, Plan plan) {
        List<String> known = plan.services().stream()
                .map(decided -> decided.service().toString())
                .toList();
        return "berth explain: there is no Service " + key + NearestName.hint(key.toString(), known);
    }
}
