package io.berth.k8s;

import io.berth.allocator.OutOfScope;
import io.berth.k8s.advertisement.Rules;
import io.berth.k8s.advertisement.Rules.ExcludeLabel;
import io.berth.k8s.advertisement.Rules.LocalServices;
import io.berth.k8s.allocation.AllocationSettings;
import io.berth.k8s.plan.Policy;
import java.time.Instant;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What an operator decides for all of a cluster. Planning needs it as much as running does, and each half a part of it. */
@SuppressWarnings("NullAway.Init")
final class PolicyOptions {

    @Mixin
    private LoadBalancerClass ofServices;

    @Mixin
    private Scope scope;

    @Mixin
    private Places places;

    Policy at(Instant now) {
        return new Policy(allocation(), announcement(), now);
    }

    AllocationSettings allocation() {
        return scope.settings(ofServices);
    }

    Rules announcement() {
        return places.rules(ofServices);
    }

    /** The part that a controller needs. */
    @SuppressWarnings("NullAway.Init")
    static final class OfController {

        @Mixin
        private LoadBalancerClass ofServices;

        @Mixin
        private Scope scope;

        AllocationSettings settings() {
            return scope.settings(ofServices);
        }
    }

    /** The part that a speaker needs. */
    @SuppressWarnings("NullAway.Init")
    static final class OfSpeaker {

        @Mixin
        private LoadBalancerClass ofServices;

        @Mixin
        private Places places;

        Rules rules() {
            return places.rules(ofServices);
        }
    }

    /** Which services are ours. */
    static final class LoadBalancerClass {
        @Option(
                names = "--load-balancer-class",
                paramLabel = "CLASS",
                defaultValue = "",
                description = "Serve the services of this spec.loadBalancerClass (default: those that name none).")
        private String loadBalancerClass = "";
    }

    /** What becomes of addresses. */
    static final class Scope {
        @Option(
                names = "--out-of-scope",
                paramLabel = "keep|reassign",
                defaultValue = "keep",
                description = "What becomes of an address whose pool no longer admits the service that has it, because"
                        + " a label or the pool was edited (default: ${DEFAULT-VALUE}).")
        private OutOfScope outOfScope = OutOfScope.KEEP;

        private AllocationSettings settings(LoadBalancerClass ofServices) {
            return new AllocationSettings(ofServices.loadBalancerClass, outOfScope);
        }
    }

    /** From where they are announced, and as what. */
    static final class Places {
        @Option(
                names = "--ignore-exclude-lb",
                description = "Announce also from nodes labelled"
                        + " node.kubernetes.io/exclude-from-external-load-balancers.")
        private boolean ignoreExcludeLb;

        @Option(
                names = "--aggregate-local",
                description = "Announce services with externalTrafficPolicy: Local under the aggregates of their"
                        + " advertisements too, instead of as host routes.")
        private boolean aggregateLocal;

        private Rules rules(LoadBalancerClass ofServices) {
            return new Rules(
                    ofServices.loadBalancerClass,
                    ignoreExcludeLb ? ExcludeLabel.IGNORED : ExcludeLabel.HONOURED,
                    aggregateLocal ? LocalServices.AGGREGATED : LocalServices.AS_HOST_ROUTES);
        }
    }
}
