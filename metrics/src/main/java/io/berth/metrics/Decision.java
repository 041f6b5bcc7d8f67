package io.berth.metrics;

import io.berth.allocator.Outcome;
import io.berth.allocator.Refusal;

/** As much of a decision on a service as can be counted; also of one that never came to the allocator. */
public sealed interface Decision {

    /** The service has addresses of this pool. */
    record Assigned(String pool, Outcome.Cause cause) implements Decision {}

    /** The service of this namespace waits. */
    record Refused(String namespace, Refusal refusal) implements Decision {}

    /** What an outcome of the allocator counts as. */
    static Decision of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Assigned assigned -> new Assigned(assigned.pool(), assigned.cause());
            case Outcome.Refused refused -> new Refused(refused.service().namespace(), refused.refusal());
        };
    }
}
