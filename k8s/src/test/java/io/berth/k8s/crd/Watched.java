package io.berth.k8s.crd;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An object that notes which of its fields somebody looks at. */
final class Watched extends ObjectNode {

    private static final long serialVersionUID = 1;

    private final transient String path;
    private final transient Set<String> asked;

    private Watched(String path, Set<String> asked) {
        super(JsonNodeFactory.instance);
        this.path = path;
        this.asked = asked;
    }

    /** The same tree, watched: the paths of fields that are looked at are added to {@code asked}. */
    static JsonNode of(JsonNode node, Set<String> asked) {
        return of(node, "", asked);
    }

    private static JsonNode of(JsonNode node, String path, Set<String> asked) {
        if (node.isArray()) {
            ArrayNode elements = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> elements.add(of(element, path + "[]", asked)));
            return elements;
        }
        if (!node.isObject()) {
            return node;
        }
        Watched watched = new Watched(path, asked);
        node.properties()
                .forEach(field ->
                        watched.set(field.getKey(), of(field.getValue(), watched.pathOf(field.getKey()), asked)));
        return watched;
    }

    @Override
    public JsonNode path(String name) {
        asked.add(pathOf(name));
        return super.path(name);
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
