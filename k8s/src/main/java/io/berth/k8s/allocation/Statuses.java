package io.berth.k8s.allocation;

import io.berth.allocator.Outcome;
import io.berth.bgp.AddressLiteral;
import io.berth.k8s.cluster.Cluster.Event;
import io.berth.k8s.resource.Service;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A decision in the words of a Service's status, and of the events that tell its owner. */
public final class Statuses {

    /** Nothing is given any more. */
    private static final Status NONE = new Status(List.of(), "");

    /**
     * What should stand on a Service.
     *
     * @param addresses for {@code status.loadBalancer.ingress}
     * @param pool      that they are from, for the annotation; empty where there are none
     */
    record Status(List<InetAddress> addresses, String pool) {
        Status {
            addresses = List.copyOf(addresses);
        }
    }

    private Statuses() {}

    /** What is to be written on the service; empty where that stands there already, or where nothing of it is ours. */
    static Optional<Status> patch(Service service, Decided decided) {
        return desired(service, decided).filter(status -> !stands(status, service));
    }

    /** The service as it is once that is written. */
    public static Service written(Service service, Decided decided) {
        return patch(service, decided)
                .map(status -> service.with(status.addresses, status.pool))
                .orElse(service);
    }

    private static Optional<Status> desired(Service service, Decided decided) {
        return switch (decided) {
            case Decided.Considered(Outcome.Assigned assigned) ->
                Optional.of(new Status(assigned.inetAddresses(), assigned.pool()));
            case Decided.Considered(Outcome.Refused _), Decided.Unclear _ -> Optional.of(NONE);
            case Decided.NotLoadBalancer _ ->
                service.allocatedFromPool().isEmpty() ? Optional.empty() : Optional.of(NONE);
            case Decided.NotOurs _ -> Optional.empty();
        };
    }

    private static boolean stands(Status status, Service service) {
        return new HashSet<>(service.ingress()).equals(new HashSet<>(status.addresses))
                && service.allocatedFromPool().equals(status.pool);
    }

    /** What the owner should know of the decision itself; nothing where all is as it was. */
    static List<Event> events(Service service, Decided decided) {
        return switch (decided) {
            case Decided.Considered(Outcome.Assigned assigned) -> assigned(service, assigned);
            case Decided.Considered(Outcome.Refused refused) ->
                List.of(failed(service, refused.reason() + ": " + refused.message()));
            case Decided.Unclear unclear ->
                List.of(failed(
                        service,
                        unclear.refusal().reason() + ": " + unclear.refusal().message()));
            case Decided.NotLoadBalancer _, Decided.NotOurs _ -> List.of();
        };
    }

    private static List<Event> assigned(Service service, Outcome.Assigned assigned) {
        return switch (assigned.cause()) {
            case ALLOCATED, REASSIGNED ->
                List.of(new Event(service.reference(), Event.Type.NORMAL, "IPAllocated", assigned.message()));
            case KEPT -> List.of();
            case KEPT_OUT_OF_SCOPE ->
                List.of(new Event(service.reference(), Event.Type.WARNING, "OutOfScope", assigned.message()));
            case KEPT_REQUEST_UNMET -> List.of(failed(service, assigned.message()));
        };
    }

    private static Event failed(Service service, String message) {
        return new Event(service.reference(), Event.Type.WARNING, "AllocationFailed", message);
    }

    /** What the service has and will not have any more. */
    static List<InetAddress> lost(Service service, Status written) {
        return service.ingress().stream()
                .filter(address -> !written.addresses.contains(address))
                .toList();
    }

    /** What the owner should know once a status has been written over the one on the service: what it lost by that. */
    static Optional<Event> lost(Service service, Status written, Decided decided) {
        String lost = lost(service, written).stream().map(AddressLiteral::of).collect(Collectors.joining(", "));
        if (lost.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                decided instanceof Decided.NotLoadBalancer
                        ? new Event(
                                service.reference(),
                                Event.Type.NORMAL,
                                "IPReleased",
                                "gave back " + lost + ", since the service is not of type LoadBalancer any more")
                        : new Event(service.reference(), Event.Type.NORMAL, "ClearAssignment", "took back " + lost));
    }
}
