package io.berth.k8s.advertisement;

import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.cluster.Picture;
import io.berth.k8s.resource.Node;
import java.util.List;
import java.util.stream.Collectors;

/** Which of the nodes of a world this is. */
public sealed interface OwnNode {

    /** This one. */
    record Known(Node node) implements OwnNode {}

    /** That cannot be told; why, in one sentence. */
    record Unknown(String why) implements OwnNode {}

    /** Looks for the node of this name, or for the only one where the name is empty. A world without any has the one named. */
    static OwnNode in(ClusterState state, String name) {
        List<Node> nodes = state.nodes();
        if (name.isEmpty()) {
            return nodes.size() == 1
                    ? new Known(nodes.getFirst())
                    : new Unknown(
                            nodes.isEmpty()
                                    ? "there is no Node yet"
                                    : "there are several nodes, " + names(nodes)
                                            + "; say which this is with --node-name");
        }
        if (!state.hasNodes() && state.picture() == Picture.DECLARED) {
            return new Known(Node.assumed(name));
        }
        return nodes.stream()
                .filter(node -> node.meta().name().equals(name))
                .findFirst()
                .<OwnNode>map(Known::new)
                .orElse(new Unknown("there is no Node " + name + (nodes.isEmpty() ? "" : ", only " + names(nodes))));
    }

    private static String names(List<Node> nodes) {
        return nodes.stream().map(node -> node.meta().name()).sorted().collect(Collectors.joining(", "));
    }
}
