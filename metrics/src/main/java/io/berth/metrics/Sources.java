package io.berth.metrics;

import io.berth.allocator.Outcome;
import io.berth.allocator.Refusal;
import io.berth.bgp.PeerSnapshot;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where a scrape looks. Each is asked on the thread of whoever scrapes, several at once, and answers with what is immutable.
 * What a process does not do it answers with an empty list.
 *
 * @param version  of this build
 * @param services the latest decision on every service that is ours
 * @param warnings the reason of every warning about the configuration in use
 * @param peers    the peers as they are now
 */
public record Sources(
        String version,
        Supplier<List<Decision>> services,
        Supplier<List<String>> warnings,
        Supplier<List<PeerSnapshot>> peers) {

    /** Adds what stands there now. */
    void sample(Samples samples) {
        samples.add(Meters.BUILD_INFO, 1, version, Runtime.version().toString());
        warnings.get().forEach(reason -> samples.add(Meters.CONFIG_WARNINGS, 1, reason));
        for (String state : List.of("assigned", "pending", "out_of_scope")) {
            samples.add(Meters.SERVICES, 0, state);
        }
        services.get().forEach(decision -> sample(decision, samples));
    }

    private static void sample(Decision decision, Samples samples) {
        switch (decision) {
            case Decision.Refused(String namespace, Refusal refusal) -> {
                samples.add(Meters.SERVICES, 1, "pending");
                samples.add(Meters.SERVICES_PENDING, 1, namespace, refusal.reason());
            }
            case Decision.Assigned(String _, Outcome.Cause cause) ->
                samples.add(Meters.SERVICES, 1, cause == Outcome.Cause.KEPT_OUT_OF_SCOPE ? "out_of_scope" : "assigned");
        }
    }
}
