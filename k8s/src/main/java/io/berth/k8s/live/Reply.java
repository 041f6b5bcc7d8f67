package io.berth.k8s.live;

import io.berth.k8s.resource.OneLine;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a server that was asked has said, be it a berth process or not. */
sealed interface Reply {

    JsonMapper JSON = new JsonMapper();

    /** It has answered. */
    @SuppressWarnings("ArrayRecordComponent") // read once and never compared
    record Answered(int status, String contentType, byte[] body) implements Reply {

        /** The body, where it is JSON. */
        Optional<JsonNode> tree() {
            if (!contentType.startsWith("application/json")) {
                return Optional.empty();
            }
            try {
                return Optional.of(JSON.readTree(body));
            } catch (JacksonException _) {
                return Optional.empty();
            }
        }

        /** The body, where it is plain text. */
        Optional<String> text() {
            return contentType.startsWith("text/plain")
                    ? Optional.of(new String(body, StandardCharsets.UTF_8))
                    : Optional.empty();
        }

        /** What it is if it is nothing that was expected. */
        String unexpected(Server server) {
            return server + " does not answer as a berth process does: HTTP status " + status
                    + (contentType.isEmpty() ? "" : ", " + OneLine.of(contentType));
        }
    }

    /** It has not, and why, in one sentence. */
    record Silent(String why) implements Reply {}
}
