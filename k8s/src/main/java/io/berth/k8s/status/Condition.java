package io.berth.k8s.status;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One aspect of an object as it is judged now, in the terms of Kubernetes (metav1.Condition).
 *
 * @param type what is judged, "Ready"
 * @param reason one word for programs
 * @param message the same for a reader; cut where it is longer than the API takes
 */
record Condition(String type, Truth status, String reason, String message) {

    private static final int MAX_MESSAGE = 32_768;

    /** Whether it is so. */
    enum Truth {
        TRUE("True"),
        FALSE("False");

        private final String word;

        Truth(String word) {
            this.word = word;
        }

        /** "True", as the API has it. */
        @Override
        public String toString() {
            return word;
        }
    }

    Condition {
        message = message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE - 1) + "…";
    }

    /**
     * The conditions of an object after this judgement: the time of the last transition stays as long as status and reason do,
     * and conditions of other types, which somebody else may have written, stay as they are.
     *
     * @param previousStatus the whole status that was written last
     */
    ArrayNode after(JsonNode previousStatus, Instant now) {
        ArrayNode conditions = JsonNodeFactory.instance.arrayNode();
        boolean placed = false;
        for (JsonNode previous : previousStatus.path("conditions")) {
            boolean same = previous.path("type").asString("").equals(type);
            conditions.add(same ? tree(transition(previous, now)) : previous);
            placed |= same;
        }
        return placed ? conditions : conditions.add(tree(timestamp(now)));
    }

    private String transition(JsonNode previous, Instant now) {
        boolean unchanged = previous.path("status").asString("").equals(status.toString())
                && previous.path("reason").asString("").equals(reason);
        String since = previous.path("lastTransitionTime").asString("");
        return unchanged && !since.isEmpty() ? since : timestamp(now);
    }

    private ObjectNode tree(String since) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", type)
                .put("status", status.toString())
                .put("reason", reason)
                .put("message", message)
                .put("lastTransitionTime", since);
    }

    /** As Kubernetes writes times: in whole seconds. */
    static String timestamp(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
