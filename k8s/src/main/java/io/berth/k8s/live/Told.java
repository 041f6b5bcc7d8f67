package io.berth.k8s.live;

import io.berth.k8s.plan.Documents;
import io.berth.metrics.http.Api.Answer;
import io.berth.metrics.http.Content;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Answers of a process out of what it knows; what is not told is not made. */
final class Told {

    private Told() {}

    /** An array of these, unless the process is still starting for these reasons. */
    static <T> Answer unless(List<String> starting, List<T> values, Function<T, ? extends JsonNode> tree) {
        return starting.isEmpty()
                ? new Answer.Told(new Content.Streamed(out -> Documents.writeJson(out, values, tree)))
                : new Answer.Starting(starting);
    }

    /** A service that may not be there. */
    static Answer unless(List<String> starting, Optional<? extends JsonNode> service, Supplier<String> unknown) {
        if (!starting.isEmpty()) {
            return new Answer.Starting(starting);
        }
        return service.<Answer>map(known -> new Answer.Told(new Content.Whole(Documents.json(known))))
                .orElseGet(() -> new Answer.NoSuchService(unknown.get()));
    }
}
