package io.berth.k8s.advertisement;

import io.berth.allocator.ServiceKey;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.cluster.Picture;
import io.berth.k8s.resource.EndpointSlice;
import io.berth.k8s.resource.EndpointSlice.Condition;
import io.berth.k8s.resource.EndpointSlice.Endpoint;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Where a service is answered: endpoints that are ready, or that serve while they terminate. */
public sealed interface Endpoints {

    /** Nobody has said where, which stands for an endpoint on every node: manifests that people write seldom have EndpointSlices. */
    record Assumed() implements Endpoints {}

    /** On these nodes; the empty name stands for an endpoint that is on none that is known. */
    record On(Set<String> nodes) implements Endpoints {
        public On {
            nodes = Set.copyOf(nodes);
        }
    }

    /** What a world says of where a service is answered; where it says nothing, what that means in it. */
    static Endpoints of(ClusterState state, ServiceKey service) {
        List<EndpointSlice> slices = state.endpointSlices(service);
        return slices.isEmpty() && state.picture() == Picture.DECLARED
                ? new Assumed()
                : new On(slices.stream()
                        .flatMap(slice -> slice.endpoints().stream())
                        .filter(endpoint -> endpoint.condition() == Condition.USABLE)
                        .map(Endpoint::nodeName)
                        .collect(Collectors.toSet()));
    }

    default boolean anywhere() {
        return switch (this) {
            case Assumed _ -> true;
            case On on -> !on.nodes.isEmpty();
        };
    }

    default boolean on(String node) {
        return switch (this) {
            case Assumed _ -> true;
            case On on -> on.nodes.contains(node);
        };
    }
}
