package io.berth.k8s.advertisement;

import static io.berth.k8s.advertisement.World.NODE;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.cluster.Picture;
import io.berth.k8s.resource.Node;
import org.junit.jupiter.api.Test;

/** Which node a process is on. */
class OwnNodeTest {

    private static final String OTHER_NODE = NODE.replace("node-1", "node-2");

    @Test
    void onlyNodeNeedsNoName() {
        assertThat(own("", NODE)).isEqualTo("node-1");
    }

    @Test
    void worldWithoutNodesHasTheOneThatIsNamed() {
        assertThat(own("")).isEqualTo("node");
        assertThat(own("edge")).isEqualTo("edge");
    }

    @Test
    void nameChoosesAmongSeveral() {
        assertThat(own("node-2", NODE, OTHER_NODE)).isEqualTo("node-2");
    }

    @Test
    void severalNodesNeedAName() {
        assertThat(own("", NODE, OTHER_NODE))
                .isEqualTo("there are several nodes, node-1, node-2; say which this is with --node-name");
    }

    @Test
    void unknownNameIsToldWithThoseThatThereAre() {
        assertThat(own("node-3", NODE, OTHER_NODE)).isEqualTo("there is no Node node-3, only node-1, node-2");
    }

    @Test
    void clusterWithoutNodesHasNone() {
        ClusterState observed = World.of().state().as(Picture.OBSERVED);

        assertThat(own("", observed)).isEqualTo("there is no Node yet");
        assertThat(own("edge", observed)).isEqualTo("there is no Node edge");
    }

    private static String own(String name, String... manifests) {
        return own(name, World.of(manifests).state());
    }

    private static String own(String name, ClusterState state) {
        return switch (OwnNode.in(state, name)) {
            case OwnNode.Known(Node node) -> node.meta().name();
            case OwnNode.Unknown(String why) -> why;
        };
    }
}
