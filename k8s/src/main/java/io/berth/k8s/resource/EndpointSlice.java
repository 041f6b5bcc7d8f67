package io.berth.k8s.resource;

import io.berth.allocator.ServiceKey;
import java.util.List;

/** An EndpointSlice: which pods stand behind a service, and on which nodes. */
public record EndpointSlice(ObjectMeta meta, String serviceName, List<Endpoint> endpoints) implements Resource {

    private static final String SERVICE_LABEL = "kubernetes.io/service-name";

    /** Whether traffic can go to an endpoint. */
    public enum Condition {
        /** It is ready, or it serves while it terminates. */
        USABLE,
        UNUSABLE
    }

    /** One pod; {@code nodeName} is empty where it is on no known node. */
    public record Endpoint(String nodeName, Condition condition) {}

    public EndpointSlice {
        endpoints = List.copyOf(endpoints);
    }

    static EndpointSlice from(ObjectMeta meta, Fields root) {
        List<Endpoint> endpoints = root.objects("endpoints").stream()
                .filter(endpoint -> !endpoint.texts("addresses").isEmpty())
                .map(EndpointSlice::endpoint)
                .toList();
        return new EndpointSlice(meta, meta.labels().getOrDefault(SERVICE_LABEL, ""), endpoints);
    }

    /** A condition that is not set counts as true, as the API says of {@code ready}. */
    private static Endpoint endpoint(Fields endpoint) {
        Fields conditions = endpoint.object("conditions");
        boolean usable = conditions.flag("ready", true) || conditions.flag("serving", false);
        return new Endpoint(endpoint.text("nodeName", ""), usable ? Condition.USABLE : Condition.UNUSABLE);
    }

    public ServiceKey service() {
        return new ServiceKey(meta.namespace(), serviceName);
    }
}
