package io.berth.k8s.plan;

import io.berth.k8s.advertisement.RouteTree;
import io.berth.k8s.resource.Warning;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A plan as {@code berth plan -o json} prints it. */
public final class PlanTree {

    private PlanTree() {}

    public static ObjectNode of(Plan plan) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.set("services", array(plan.services(), ServiceTree::of));
        tree.set("pools", array(plan.pools(), PoolTree::of));
        tree.set("routes", array(plan.announcements().routes(), RouteTree::of));
        tree.set("warnings", array(plan.warnings(), PlanTree::warning));
        return tree;
    }

    static ObjectNode warning(Warning warning) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("reason", warning.reason().toString())
                .put("object", warning.object())
                .put("message", warning.message());
    }

    static <T> ArrayNode array(List<T> values, Function<T, JsonNode> tree) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(value -> array.add(tree.apply(value)));
        return array;
    }
}
