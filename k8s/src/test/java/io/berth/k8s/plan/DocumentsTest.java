package io.berth.k8s.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class DocumentsTest {

    private static ObjectNode tree() {
        ObjectNode tree = JsonNodeFactory.instance.objectNode().put("name", "web");
        tree.putArray("communities").add("64512:30");
        tree.putArray("services");
        tree.putObject("namespaces");
        return tree;
    }

    @Test
    void jsonIsLaidOutAsKubectlDoes() {
        assertThat(Documents.json(tree())).isEqualTo("""
            {
              "name": "web",
              "communities": [
                "64512:30"
              ],
              "services": [],
              "namespaces": {}
            }\
            """);
    }

    @Test
    void arrayReadsTheSameInOneGoOrElementByElement() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (List<ObjectNode> some : List.of(List.<ObjectNode>of(), List.of(tree(), tree()))) {
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            Documents.writeJson(written, some, one -> one);
            array.removeAll().addAll(some);

            assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo(Documents.json(array));
        }
    }

    @Test
    void yamlKeepsCommunitiesFromBeingReadAsNumbers() {
        assertThat(Documents.yaml(tree())).isEqualTo("""
            name: "web"
            communities:
              - "64512:30"
            services: []
            namespaces: {}\
            """);
    }
}
