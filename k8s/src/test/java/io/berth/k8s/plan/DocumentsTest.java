package io.berth.k8s.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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
