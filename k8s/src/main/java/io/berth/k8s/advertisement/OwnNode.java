package io.berth.k8s.advertisement;

import io.berth.k8s.cluster.ClusterState;
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
        List<Node> declared = state.all(Node.class);
        if (name.isEmpty()) {
            return state.nodes().size() == 1
                    ? new Known(state.nodes().getFirst())
                    : new Unknown(
                            "there are several nodes, " + names(declared) + "; say which this is with --node-name");
        }
        if (declared.isEmpty()) {
            return new Known(Node.assumed(name));
        }
        return declared.stream()
                .filter(node -> node.meta().name().equals(name))
                .findFirst()
                .<OwnNode>map(Known::new)
                .orElse(new Unknown("there is no Node " + name + ", only " + names(declared)));
    }

    private static String names(List<Node> nodes) {
        return nodes.stream().map(node -> node.meta().name()).sorted().collect(Collectors.joining(", "));
    }
}
