package io.berth.k8s;

import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.cluster.Described;
import io.berth.k8s.plan.Comparison;
import io.berth.k8s.plan.ComparisonText;
import io.berth.k8s.plan.ComparisonTree;
import io.berth.k8s.plan.Plan;
import io.berth.k8s.plan.PlanText;
import io.berth.k8s.plan.PlanTree;
import io.berth.k8s.resource.ConfigError;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code berth plan}: what Berth would do with manifests, and why. */
@Command(
        name = "plan",
        description = {
            "Reads manifests and prints what Berth would do with them and why: which service gets which address from"
                    + " which pool, how the pools are used, what every node announces to every peer, and which pitfalls"
                    + " the configuration has. Needs no cluster and no network.",
            "Services that already hold an address come first, then the older, then those read earlier.",
            "With --against: which services would change address if these manifests were applied, and why. Exit status"
                + " 1 if any would lose or replace an address that it holds. A manifest takes the place of its object:"
                + " labels and annotations that it does not name count as taken away, although kubectl apply leaves"
                + " those that others have set."
        })
final class PlanCommand implements Callable<Integer> {

    @Mixin
    private ManifestOptions manifests = new ManifestOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|json|yaml",
            defaultValue = "table",
            description = "How to print it (default: ${DEFAULT-VALUE}).")
    private OutputFormat output = OutputFormat.TABLE;

    @Option(
            names = "--against",
            paramLabel = "DIR|kube",
            description = "Compare with what is there today: a directory of manifests, with the addresses that 'berth"
                + " run' keeps in it, or those that Berth would give today. Objects in -f take the place of those of"
                + " their kind and name or are added, as with kubectl apply; nothing is deleted or written.")
    private Optional<Base> against = Optional.empty();

    @Option(names = "--strict", description = "Exit with status 1 if a service is left without an address.")
    private boolean strict;

    @Mixin
    private PolicyOptions policy = new PolicyOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        if (against.isPresent()) {
            return compare(against.get().today(), manifests.described());
        }
        return switch (ManifestOptions.read(manifests.paths())) {
            case ManifestOptions.Read.Valid(ClusterState state) -> print(state);
            case ManifestOptions.Read.Invalid invalid -> invalid.report(spec);
        };
    }

    private int print(ClusterState state) {
        Plan plan = Plan.of(state, policy.at(Instant.now()));
        output.print(spec, () -> PlanTree.of(plan), () -> PlanText.of(plan));
        return strict && !plan.isComplete() ? 1 : 0;
    }

    private int compare(Described today, Described applied) {
        List<ConfigError> errors = Comparison.errors(today, applied);
        if (!errors.isEmpty()) {
            return ManifestOptions.Read.Invalid.because(errors).report(spec);
        }
        Comparison comparison = Comparison.of(today.state(), applied.state(), policy.at(Instant.now()));
        output.print(spec, () -> ComparisonTree.of(comparison), () -> ComparisonText.of(comparison));
        return comparison.changes().isEmpty() && (!strict || comparison.isComplete()) ? 0 : 1;
    }
}
