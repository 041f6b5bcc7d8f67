package io.berth.k8s.status;

import io.berth.k8s.board.StatusWrite;
import io.berth.k8s.resource.ConfigError;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A ConfigurationState, as MetalLB's components have one each: what a component makes of the configuration.
 *
 * @param errors objects that cannot be used; they keep no others from it
 */
public record ConfigurationStatus(Component component, List<ConfigError> errors) {

    /** Whose it is. */
    public sealed interface Component {

        record Controller() implements Component {}

        record Speaker(String node) implements Component {}
    }

    public ConfigurationStatus {
        errors = List.copyOf(errors);
    }

    /** The object's name: MetalLB's. */
    public String name() {
        return switch (component) {
            case Component.Controller _ -> "controller";
            case Component.Speaker(String node) -> Names.object("speaker-" + node);
        };
    }

    /** The object's labels. */
    public Map<String, String> labels() {
        return switch (component) {
            case Component.Controller _ -> Map.of("metallb.io/component-type", "controller");
            case Component.Speaker(String node) ->
                Map.of("metallb.io/component-type", "speaker", "metallb.io/node-name", Names.label(node));
        };
    }

    /**
     * The status as a tree.
     *
     * @param previous the status that was written last; see {@link StatusWrite#isDone}
     */
    public ObjectNode tree(JsonNode previous, Instant now) {
        String summary = errors.stream().map(ConfigError::line).collect(Collectors.joining("\n"));
        ObjectNode tree = JsonNodeFactory.instance
                .objectNode()
                .put("result", errors.isEmpty() ? "Valid" : "Invalid")
                .put("errorSummary", summary);
        Condition condition = errors.isEmpty()
                ? new Condition(type(), Condition.Truth.TRUE, "Reconciled", "every object can be used")
                : new Condition(type(), Condition.Truth.FALSE, "ConfigurationError", summary);
        tree.set("conditions", condition.after(previous, now));
        return tree;
    }

    private String type() {
        return switch (component) {
            case Component.Controller _ -> "poolReconcilerValid";
            case Component.Speaker _ -> "configReconcilerValid";
        };
    }
}
