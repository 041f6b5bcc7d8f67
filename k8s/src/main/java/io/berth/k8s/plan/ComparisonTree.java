package io.berth.k8s.plan;

import io.berth.allocator.Address;
import io.berth.allocator.Outcome;
import io.berth.k8s.allocation.Decided;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A comparison as {@code berth plan --against ... -o json} prints it. */
public final class ComparisonTree {

    private ComparisonTree() {}

    public static ObjectNode of(Comparison comparison) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.set("changes", PlanTree.array(comparison.changes(), ComparisonTree::change));
        tree.set("gains", PlanTree.array(comparison.gains(), ComparisonTree::change));
        tree.put("unchanged", comparison.unchanged());
        tree.set("pending", PlanTree.array(comparison.pending(), ComparisonTree::change));
        tree.set("warnings", PlanTree.array(comparison.warnings(), PlanTree::warning));
        return tree;
    }

    private static ObjectNode change(Change change) {
        ObjectNode tree = JsonNodeFactory.instance
                .objectNode()
                .put("namespace", change.service().namespace())
                .put("name", change.service().name());
        addresses(tree.putArray("before"), change.before());
        addresses(tree.putArray("after"), change.after().addresses());
        if (change.after() instanceof Decided.Considered(Outcome.Assigned assigned)) {
            tree.put("pool", assigned.pool());
        }
        return tree.put("reason", ApiText.reason(ServiceTree.summary(change.after())))
                .put("message", change.message());
    }

    private static void addresses(ArrayNode array, List<Address> addresses) {
        addresses.forEach(address -> array.add(address.toString()));
    }
}
