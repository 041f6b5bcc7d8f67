package io.berth.k8s.plan;

import io.berth.k8s.advertisement.RouteTree;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An explanation as {@code berth explain -o json} prints it: the service of the plan, and its announcements. */
public final class ExplanationTree {

    private ExplanationTree() {}

    public static ObjectNode of(Explanation explanation) {
        ObjectNode tree = ServiceTree.of(explanation.decided());
        tree.set("announced", PlanTree.array(explanation.announced(), RouteTree::of));
        ArrayNode withheld = tree.putArray("notAnnounced");
        explanation
                .withheld()
                .forEach(onNode -> withheld.addObject()
                        .put("node", onNode.node())
                        .put("reason", onNode.why().reason())
                        .put("message", onNode.why().message()));
        return tree;
    }
}
