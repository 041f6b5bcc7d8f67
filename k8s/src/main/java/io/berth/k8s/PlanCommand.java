package io.berth.k8s;

import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.plan.Plan;
import io.berth.k8s.plan.PlanText;
import io.berth.k8s.plan.PlanTree;
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
            "Services that already hold an address come first, then the older, then those read earlier."
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

    @Option(names = "--strict", description = "Exit with status 1 if a service is left without an address.")
    private boolean strict;

    @Mixin
    private PolicyOptions policy = new PolicyOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        return switch (manifests.read(manifests.paths())) {
            case ManifestOptions.Read.Valid(ClusterState state) -> print(state);
            case ManifestOptions.Read.Invalid invalid -> invalid.report(spec);
        };
    }

    private int print(ClusterState state) {
        Plan plan = Plan.of(state, policy.allocation(), policy.announcement());
        output.print(spec, PlanTree.of(plan), () -> PlanText.of(plan));
        return strict && !plan.isComplete() ? 1 : 0;
    }
}
