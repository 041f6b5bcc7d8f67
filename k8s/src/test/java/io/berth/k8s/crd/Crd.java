package io.berth.k8s.crd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * One of our CustomResourceDefinitions.
 *
 * @param file its name
 */
public record Crd(String file, JsonNode tree) {

    private static final Path FOLDER = Path.of("deploy/crds");
    private static final YAMLMapper YAML = new YAMLMapper();

    /** All that there are, in the order of their files. */
    public static List<Crd> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted()
                    .map(file -> new Crd(file.getFileName().toString(), YAML.readTree(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Crd of(String kind) {
        return all().stream().filter(crd -> crd.kind().equals(kind)).findFirst().orElseThrow();
    }

    public String kind() {
        return tree.at("/spec/names/kind").asString();
    }

    List<JsonNode> versions() {
        return List.copyOf(tree.at("/spec/versions").values());
    }

    /** The schema of the version that is stored. */
    public JsonNode schema() {
        return versions().stream()
                .filter(version -> version.path("storage").asBoolean())
                .findFirst()
                .map(Crd::schema)
                .orElseThrow();
    }

    static JsonNode schema(JsonNode version) {
        return version.at("/schema/openAPIV3Schema");
    }

    /** Every field below this schema by its path, "spec.nodeSelectors[].matchLabels". */
    static Map<String, JsonNode> fields(JsonNode schema) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        collect(schema, "", fields);
        return fields;
    }

    private static void collect(JsonNode schema, String path, Map<String, JsonNode> fields) {
        schema.path("properties").properties().forEach(property -> {
            String at = (path.isEmpty() ? "" : path + ".") + property.getKey();
            fields.put(at, property.getValue());
            collect(property.getValue(), at, fields);
        });
        if (schema.has("items")) {
            collect(schema.path("items"), path + "[]", fields);
        }
    }

    /** What keeps a status from being written as it is: fields that would be dropped, and values that would be refused. */
    public List<String> problems(JsonNode status) {
        List<String> problems = new ArrayList<>();
        check(status, schema().at("/properties/status"), "status", problems);
        return problems;
    }

    private static void check(JsonNode value, JsonNode schema, String path, List<String> problems) {
        boolean fits = switch (schema.path("type").asString()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "integer" -> value.isIntegralNumber() && value.canConvertToLong();
            case "string" -> value.isString();
            default -> false;
        };
        if (!fits
                || schema.has("enum")
                        && !List.copyOf(schema.path("enum").values()).contains(value)) {
            problems.add(path + ": " + value);
        }
        for (JsonNode required : schema.path("required")) {
            if (!value.has(required.asString())) {
                problems.add(path + "." + required.asString() + " is missing");
            }
        }
        value.properties()
                .forEach(field -> check(
                        field.getValue(),
                        schema.path("properties").path(field.getKey()),
                        path + "." + field.getKey(),
                        problems));
        if (value.isArray()) {
            value.forEach(element -> check(element, schema.path("items"), path + "[]", problems));
        }
    }

    @Override
    public String toString() {
        return file;
    }
}
