package io.berth.k8s.crd;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Objects of a kind made from its schema. */
final class Sample {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Texts of which the schema says in words or rules what they are. */
    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry("spec.addresses[]", "10.0.1.0/28"),
            Map.entry("spec.communities[]", "64512:100"),
            Map.entry("spec.communities[].value", "64512:100"),
            Map.entry("spec.connectTime", "5s"),
            Map.entry("spec.holdTime", "90s"),
            Map.entry("spec.keepaliveTime", "7s"),
            Map.entry("spec.peerAddress", "192.0.2.1"),
            Map.entry("spec.routerID", "192.0.2.3"),
            Map.entry("spec.sourceAddress", "192.0.2.2"));

    /** The least that makes an object. */
    private static final Map<String, String> LEAST = Map.of(
            "IPAddressPool", "{addresses: [10.0.1.0/28]}",
            "BGPPeer", "{myASN: 64512, peerASN: 64513, peerAddress: 192.0.2.1, holdTime: 90s}");

    /** Fields that take the place of others. */
    private static final Map<String, String> INSTEAD = Map.of("dynamicASN", "peerASN", "interface", "peerAddress");

    private Sample() {}

    /** An object with nothing in it but what must be. */
    static ObjectNode least(Crd crd) {
        ObjectNode object = JSON.objectNode()
                .put("kind", crd.kind())
                .put("apiVersion", crd.kind().equals("BGPPeer") ? "metallb.io/v1beta2" : "metallb.io/v1beta1");
        object.putObject("metadata").put("name", "sample").put("namespace", "metallb-system");
        object.set("spec", YAML.readTree(LEAST.getOrDefault(crd.kind(), "{}")));
        return object;
    }

    /** An object with this field of its spec, and all that there can be in it. */
    static ObjectNode with(Crd crd, String field) {
        ObjectNode object = least(crd);
        ObjectNode spec = (ObjectNode) object.path("spec");
        if (INSTEAD.containsKey(field)) {
            spec.remove(INSTEAD.get(field));
        }
        spec.set(
                field,
                value(
                        "spec." + field,
                        crd.schema().at("/properties/spec/properties").path(field)));
        return object;
    }

    /** An object with every field there is, although some exclude each other. */
    static ObjectNode full(Crd crd) {
        ObjectNode object = least(crd);
        object.set("spec", value("spec", crd.schema().at("/properties/spec")));
        return object;
    }

    private static JsonNode value(String path, JsonNode schema) {
        return switch (schema.path("type").asString()) {
            case "object" -> object(path, schema);
            case "array" -> JSON.arrayNode().add(value(path + "[]", schema.path("items")));
            case "boolean" -> JSON.booleanNode(true);
            case "integer" -> JSON.numberNode(Math.max(1, schema.path("minimum").asInt(1)));
            default ->
                schema.has("enum") ? schema.path("enum").get(0) : JSON.stringNode(TEXTS.getOrDefault(path, "text"));
        };
    }

    private static ObjectNode object(String path, JsonNode schema) {
        ObjectNode object = JSON.objectNode();
        schema.path("properties")
                .properties()
                .forEach(property ->
                        object.set(property.getKey(), value(path + "." + property.getKey(), property.getValue())));
        return schema.has("additionalProperties") ? object.put("key", "value") : object;
    }

    /** Puts a value of another type where a path leads, in every element of a list. */
    static void spoil(JsonNode object, String path, JsonNode schema) {
        int dot = path.indexOf('.');
        String name = dot < 0 ? path : path.substring(0, dot);
        if (dot < 0) {
            JsonNode wrong =
                    schema.path("type").asString().equals("string") ? JSON.numberNode(7) : JSON.stringNode("text");
            ((ObjectNode) object).set(name, wrong);
        } else if (name.endsWith("[]")) {
            object.path(name.substring(0, name.length() - 2))
                    .forEach(element -> spoil(element, path.substring(dot + 1), schema));
        } else {
            spoil(object.path(name), path.substring(dot + 1), schema);
        }
    }
}
