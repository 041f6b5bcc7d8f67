package io.berth.metrics.http;

import io.berth.allocator.ServiceKey;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The paths of the JSON API. Each is an array, or for explain an object, out of what {@code berth plan -o json} prints; a
 * process serves the half that it knows of.
 */
public final class Api {

    private static final String ROOT = "/api/v1/";

    private Api() {}

    /**
     * What a process that allocates knows.
     *
     * @param explain one service with every verdict on it; empty when there is no such service
     */
    public static Map<String, Page> allocation(
            Supplier<String> pools, Supplier<String> allocations, Function<ServiceKey, Optional<String>> explain) {
        return Map.of(
                ROOT + "pools", Page.json(pools),
                ROOT + "allocations", Page.json(allocations),
                ROOT + "explain", request -> explained(request, explain));
    }

    /** What a process that announces knows. */
    public static Map<String, Page> announcement(Supplier<String> peers, Supplier<String> routes) {
        return Map.of(ROOT + "peers", Page.json(peers), ROOT + "routes", Page.json(routes));
    }

    private static Response explained(Request request, Function<ServiceKey, Optional<String>> explain) {
        String service = request.query().getOrDefault("service", "");
        ServiceKey key;
        try {
            key = ServiceKey.parse(service);
        } catch (IllegalArgumentException malformed) {
            return Response.badRequest("ask for explain?service=NAMESPACE/NAME, got '" + service + "'");
        }
        return explain.apply(key).map(Response::json).orElse(Response.notFound("there is no service " + key));
    }
}
