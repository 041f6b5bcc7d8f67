package io.berth.k8s.board;

import java.util.Comparator;
import tools.jackson.databind.JsonNode;

/** Whether a status has to be written. */
public final class StatusWrite {

    /** One number is another of the same value, whatever types a parser chose for them. Nodes of other types are compared as they are. */
    private static final Comparator<JsonNode> BY_VALUE = (one, other) -> {
        if (one.equals(other)) {
            return 0;
        }
        return one.isNumber() && other.isNumber() ? one.decimalValue().compareTo(other.decimalValue()) : 1;
    };

    private StatusWrite() {}

    /**
     * Whether nothing has to be written, because it is there already.
     *
     * @param previous what this process wrote last, or, where it wrote nothing yet, what the object has. An API server whose
     *     definition lacks a field takes it out of what is written, so what the object has is not what was written
     */
    public static boolean isDone(JsonNode previous, JsonNode wanted) {
        return previous.equals(BY_VALUE, wanted);
    }
}
