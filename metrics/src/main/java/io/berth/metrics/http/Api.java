package io.berth.metrics.http;

import io.berth.allocator.ServiceKey;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The JSON API of a process: what it answers at each path. Each part is an array, or for explain an object, out of what
 * {@code berth plan -o json} prints; a part that the process cannot tell is an object {@code {"reason": ..., "message": ...}}.
 * Asked on many threads at once.
 */
public interface Api {

    /** What can be asked for. */
    enum Part {
        POOLS,
        ALLOCATIONS,
        PEERS,
        ROUTES,
        EXPLAIN;

        /** Below the root of the process, {@code api/v1/pools}. */
        public String path() {
            return "api/v1/" + name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is told, or why nothing is. */
    sealed interface Answer {

        /** The text of the part. */
        record Told(Content json) implements Answer {}

        /** The process has looked, and there is none. */
        record NoSuchService(String message) implements Answer {}

        /** Another process would know. */
        record ServedElsewhere(String message) implements Answer {}

        /** The process does not know it yet; one reason each. */
        record Starting(List<String> reasons) implements Answer {
            public Starting {
                reasons = List.copyOf(reasons);
            }
        }

        /** The question makes no sense. */
        record InvalidQuestion(String message) implements Answer {}
    }

    Answer pools();

    Answer allocations();

    Answer peers();

    Answer routes();

    /** One service with everything that the process knows of it. */
    Answer explain(ServiceKey service);

    /** All of it, for a router. */
    default Map<String, Page> pages() {
        Map<Part, Page> pages = Map.of(
                Part.POOLS, page(this::pools),
                Part.ALLOCATIONS, page(this::allocations),
                Part.PEERS, page(this::peers),
                Part.ROUTES, page(this::routes),
                Part.EXPLAIN, request -> response(explained(request)));
        return pages.entrySet().stream()
                .collect(Collectors.toMap(page -> "/" + page.getKey().path(), Map.Entry::getValue));
    }

    private static Page page(Supplier<Answer> answer) {
        return _ -> response(answer.get());
    }

    private Answer explained(Request request) {
        String service = request.query().getOrDefault("service", "");
        ServiceKey key;
        try {
            key = ServiceKey.parse(service);
        } catch (IllegalArgumentException _) {
            return new Answer.InvalidQuestion("ask for explain?service=NAMESPACE/NAME, got '" + service + "'");
        }
        return explain(key);
    }

    private static Response response(Answer answer) {
        return switch (answer) {
            case Answer.Told(Content json) -> Response.json(json);
            case Answer.NoSuchService(String message) -> Response.notTold(404, "NoSuchService", message);
            case Answer.ServedElsewhere(String message) -> Response.notTold(404, "ServedElsewhere", message);
            case Answer.Starting(List<String> reasons) ->
                Response.notTold(503, "Starting", "the process is starting: " + String.join("; ", reasons));
            case Answer.InvalidQuestion(String message) -> Response.notTold(400, "InvalidQuestion", message);
        };
    }
}
