package io.berth.k8s.plan;

import io.berth.allocator.ServiceKey;
import io.berth.k8s.advertisement.PlannedRoute;
import io.berth.k8s.advertisement.RouteTree;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An explanation as {@code berth explain -o json} prints it: the service of the plan, and its announcements. A process that knows
 * one half of it says that half: a controller the service, a speaker its names and the announcements of its node.
 */
public final class ExplanationTree {

    private ExplanationTree() {}

    public static ObjectNode of(Explanation explanation) {
        return withAnnouncements(
                ServiceTree.of(explanation.decided()), explanation.announced(), explanation.withheld());
    }

    /** The half of a process that announces. */
    public static ObjectNode ofAnnouncements(
            ServiceKey service, List<PlannedRoute> announced, List<Explanation.OnNode> withheld) {
        ObjectNode names = JsonNodeFactory.instance
                .objectNode()
                .put("namespace", service.namespace())
                .put("name", service.name());
        return withAnnouncements(names, announced, withheld);
    }

    private static ObjectNode withAnnouncements(
            ObjectNode tree, List<PlannedRoute> announced, List<Explanation.OnNode> withheld) {
        tree.set("announced", PlanTree.array(announced, RouteTree::of));
        ArrayNode notAnnounced = tree.putArray("notAnnounced");
        withheld.forEach(onNode -> notAnnounced
                .addObject()
                .put("node", onNode.node())
                .put("reason", onNode.why().reason())
                .put("message", onNode.why().message()));
        return tree;
    }
}
