package io.berth.k8s.live;

import io.berth.k8s.plan.Documents;
import io.berth.metrics.http.Api.Answer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Answers of a process out of what it knows; what is not told is not made. */
final class Told {

    private Told() {}

    /** The tree, unless the process is still starting for these reasons. */
    static Answer unless(List<String> starting, Supplier<? extends JsonNode> tree) {
        return starting.isEmpty() ? new Answer.Told(Documents.json(tree.get())) : new Answer.Starting(starting);
    }

    /** The same of a service that may not be there. */
    static Answer unless(List<String> starting, Optional<? extends JsonNode> tree, Supplier<String> unknown) {
        if (!starting.isEmpty()) {
            return new Answer.Starting(starting);
        }
        return tree.<Answer>map(known -> new Answer.Told(Documents.json(known)))
                .orElseGet(() -> new Answer.NoSuchService(unknown.get()));
    }
}
