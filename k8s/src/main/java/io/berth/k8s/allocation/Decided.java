package io.berth.k8s.allocation;

import io.berth.allocator.Address;
import io.berth.allocator.Outcome;
import io.berth.allocator.Refusal;
import io.berth.allocator.ServiceKey;
import io.berth.metrics.Decision;
import java.util.List;
import java.util.Optional;

/** What was decided on a Service. */
public sealed interface Decided {

    ServiceKey service();

    /** The allocator considered it: it has addresses, or is refused any. */
    record Considered(Outcome outcome) implements Decided {
        @Override
        public ServiceKey service() {
            return outcome.service();
        }
    }

    /** It has none and gets none until it says clearly what it wants. */
    record Unclear(ServiceKey service, Refusal.InvalidRequest refusal) implements Decided {}

    /** It wants no address. */
    record NotLoadBalancer(ServiceKey service) implements Decided {}

    /** It is for another load balancer to serve, or already served by one; Berth touches nothing of it. */
    record NotOurs(ServiceKey service, String why) implements Decided {}

    /** The addresses that it has of us from now on. */
    default List<Address> addresses() {
        return this instanceof Considered(Outcome.Assigned assigned) ? assigned.addresses() : List.of();
    }

    /** Whether it might be better off with an address that comes free. */
    default boolean isWaiting() {
        return switch (this) {
            case Considered(Outcome.Refused _) -> true;
            case Considered(Outcome.Assigned assigned) -> assigned.cause() == Outcome.Cause.KEPT_REQUEST_UNMET;
            case Unclear _, NotLoadBalancer _, NotOurs _ -> false;
        };
    }

    /** As the meters count it; empty for a service that is none of ours. */
    default Optional<Decision> counted() {
        return switch (this) {
            case Considered(Outcome outcome) -> Optional.of(Decision.of(outcome));
            case Unclear unclear -> Optional.of(new Decision.Refused(unclear.service.namespace(), unclear.refusal));
            case NotLoadBalancer _, NotOurs _ -> Optional.empty();
        };
    }
}
