package io.berth.k8s.allocation;

import io.berth.allocator.Request;
import java.util.Optional;

/** What a Service asks of Berth. */
sealed interface Asked {

    /** An address. */
    record Wanted(Request request) implements Asked {}

    /**
     * An address, in words that contradict themselves or that cannot be read.
     *
     * @param rest    what is asked for apart from that: enough to keep an address, not to give one
     * @param problem in words for the service's owner, naming field and value
     */
    record Unclear(Request rest, String problem) implements Asked {}

    /** Nothing: it is not of type LoadBalancer. */
    record NotLoadBalancer() implements Asked {}

    /** Nothing of us: it is for another load balancer. */
    record NotOurs(String why) implements Asked {}

    /** As much of a request as can be read; empty where nothing is asked of us. */
    default Optional<Request> understood() {
        return switch (this) {
            case Wanted(Request request) -> Optional.of(request);
            case Unclear(Request rest, String _) -> Optional.of(rest);
            case NotLoadBalancer _, NotOurs _ -> Optional.empty();
        };
    }
}
