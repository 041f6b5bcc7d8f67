package io.berth.k8s;

import io.berth.allocator.OutOfScope;
import io.berth.k8s.advertisement.Rules;
import io.berth.k8s.advertisement.Rules.ExcludeLabel;
import io.berth.k8s.advertisement.Rules.LocalServices;
import io.berth.k8s.allocation.AllocationSettings;
import io.berth.k8s.plan.Policy;
import java.time.Instant;
import picocli.CommandLine.Option;

/** What an operator decides for all of a cluster. Planning needs it as much as running does. */
final class PolicyOptions {

    @Option(
            names = "--load-balancer-class",
            paramLabel = "CLASS",
            defaultValue = "",
            description = "Serve the services of this spec.loadBalancerClass (default: those that name none).")
    private String loadBalancerClass = "";

    @Option(
            names = "--out-of-scope",
            paramLabel = "keep|reassign",
            defaultValue = "keep",
            description = "What becomes of an address whose pool no longer admits the service that has it, because"
                    + " a label or the pool was edited (default: ${DEFAULT-VALUE}).")
    private OutOfScope outOfScope = OutOfScope.KEEP;

    @Option(
            names = "--ignore-exclude-lb",
            description =
                    "Announce also from nodes labelled" + " node.kubernetes.io/exclude-from-external-load-balancers.")
    private boolean ignoreExcludeLb;

    @Option(
            names = "--aggregate-local",
            description = "Announce services with externalTrafficPolicy: Local under the aggregates of their"
                    + " advertisements too, instead of as host routes.")
    private boolean aggregateLocal;

    Policy at(Instant now) {
        return new Policy(allocation(), announcement(), now);
    }

    AllocationSettings allocation() {
        return new AllocationSettings(loadBalancerClass, outOfScope);
    }

    Rules announcement() {
        return new Rules(
                loadBalancerClass,
                ignoreExcludeLb ? ExcludeLabel.IGNORED : ExcludeLabel.HONOURED,
                aggregateLocal ? LocalServices.AGGREGATED : LocalServices.AS_HOST_ROUTES);
    }
}
