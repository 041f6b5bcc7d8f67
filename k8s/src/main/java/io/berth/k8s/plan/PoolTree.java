package io.berth.k8s.plan;

import io.berth.allocator.Pool.AutoAssign;
import io.berth.allocator.PoolUsage;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How a pool is used, as {@code berth plan -o json} and the JSON API print it. */
public final class PoolTree {

    private PoolTree() {}

    public static ObjectNode of(PoolUsage pool) {
        ObjectNode tree = JsonNodeFactory.instance
                .objectNode()
                .put("name", pool.pool())
                .put("priority", pool.priority())
                .put("autoAssign", pool.autoAssign() == AutoAssign.ENABLED);
        count(tree.putObject("ipv4"), pool.ipv4());
        count(tree.putObject("ipv6"), pool.ipv6());
        ObjectNode namespaces = tree.putObject("namespaces");
        new TreeMap<>(pool.namespaces()).forEach((namespace, held) -> namespaces.put(namespace, held.total()));
        return tree;
    }

    private static void count(ObjectNode tree, PoolUsage.Count count) {
        tree.put("total", count.total()).put("assigned", count.assigned()).put("available", count.available());
    }
}
