package io.berth.k8s.resource;

import java.util.List;
import java.util.Map;

/** A Node, as far as announcing from it goes. */
public record Node(ObjectMeta meta, Network network) implements Resource {

    /** Nodes with this label do not announce. */
    public static final String EXCLUDE_LABEL = "node.kubernetes.io/exclude-from-external-load-balancers";

    /** What the condition NetworkUnavailable says. */
    public enum Network {
        AVAILABLE,
        UNAVAILABLE
    }

    static Node from(ObjectMeta meta, Fields root) {
        List<Fields> conditions = root.object("status").objects("conditions");
        boolean unavailable = conditions.stream()
                .anyMatch(condition -> condition.text("type", "").equals("NetworkUnavailable")
                        && condition.text("status", "").equals("True"));
        return new Node(meta, unavailable ? Network.UNAVAILABLE : Network.AVAILABLE);
    }

    /** A node of which nothing is known but its name. */
    public static Node assumed(String name) {
        return new Node(new ObjectMeta("", name, Map.of(), Map.of(), ObjectMeta.AGELESS, ""), Network.AVAILABLE);
    }

    public boolean isExcluded() {
        return meta.labels().containsKey(EXCLUDE_LABEL);
    }
}
