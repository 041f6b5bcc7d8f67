package io.berth.k8s.resource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads the fields of one object of a manifest. It knows where in the manifest it stands, so that whatever is wrong is reported
 * with field and value; and it remembers which fields were asked for, so that the others can be reported too.
 */
final class Fields {

    private final JsonNode node;
    private final String path;
    private final Findings findings;
    private final Set<String> asked = new HashSet<>();

    Fields(JsonNode node, String path, Findings findings) {
        this.node = node.isObject() ? node : JsonNodeFactory.instance.objectNode();
        this.path = path;
        this.findings = findings;
    }

    boolean has(String name) {
        JsonNode value = node.path(name);
        return !value.isMissingNode()
                && !value.isNull()
                && !(value.isString() && value.asString().isEmpty());
    }

    /** Names fields that somebody else reads. */
    void pass(String... names) {
        asked.addAll(List.of(names));
    }

    /** Whether no field is set at all. */
    boolean isEmpty() {
        return node.isEmpty();
    }

    /** An object below this one; one without fields where it is absent. */
    Fields object(String name) {
        JsonNode value = value(name);
        if (!isAbsent(value) && !value.isObject()) {
            wrongType(name, "an object", value);
        }
        return new Fields(value, at(name), findings);
    }

    /** An object that must be there. */
    Fields required(String name) {
        if (!has(name)) {
            error(name, "is missing");
        }
        return object(name);
    }

    List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        for (JsonNode element : elements(name)) {
            String where = at(name) + "[" + objects.size() + "]";
            if (!element.isObject()) {
                findings.error(where + ": must be an object, got '" + element.asString("") + "'");
            }
            objects.add(new Fields(element, where, findings));
        }
        return objects;
    }

    String text(String name, String otherwise) {
        JsonNode value = value(name);
        if (isAbsent(value)) {
            return otherwise;
        }
        if (!value.isString()) {
            wrongType(name, "a text (put it in quotes)", value);
            return otherwise;
        }
        return value.asString();
    }

    /** A text that no message may repeat. */
    String secret(String name) {
        JsonNode value = value(name);
        if (!isAbsent(value) && !value.isString()) {
            error(name, "must be a text (put it in quotes)");
        }
        return value.isString() ? value.asString() : "";
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : elements(name)) {
            if (!element.isString()) {
                wrongType(name + "[" + texts.size() + "]", "a text (put it in quotes)", element);
            }
            texts.add(element.asString(""));
        }
        return texts;
    }

    /** Texts by name, as labels are. */
    Map<String, String> map(String name) {
        Map<String, String> map = new LinkedHashMap<>();
        JsonNode value = value(name);
        if (!isAbsent(value) && !value.isObject()) {
            wrongType(name, "an object", value);
        }
        value.properties().forEach(entry -> {
            if (!entry.getValue().isString()) {
                wrongType(name + "." + entry.getKey(), "a text (put it in quotes)", entry.getValue());
            }
            map.put(entry.getKey(), entry.getValue().asString(""));
        });
        return map;
    }

    boolean flag(String name, boolean otherwise) {
        JsonNode value = value(name);
        if (!isAbsent(value) && !value.isBoolean()) {
            wrongType(name, "true or false", value);
        }
        return value.isBoolean() ? value.asBoolean() : otherwise;
    }

    int integer(String name, int otherwise) {
        long number = number(name, otherwise);
        if (number < Integer.MIN_VALUE || number > Integer.MAX_VALUE) {
            error(name, "is out of range, got " + number);
            return otherwise;
        }
        return (int) number;
    }

    long number(String name, long otherwise) {
        JsonNode value = value(name);
        if (isAbsent(value)) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            wrongType(name, "a whole number", value);
            return otherwise;
        }
        return value.asLong();
    }

    /** A duration as Go writes it, "1m30s". */
    Duration duration(String name, Duration otherwise) {
        String text = text(name, "");
        if (text.isEmpty()) {
            return otherwise;
        }
        return GoDuration.parse(text).orElseGet(() -> {
            error(name, "must be a duration such as 90s or 1m30s, got '" + text + "'");
            return otherwise;
        });
    }

    /** Reports a field of this object. */
    void error(String name, String problem) {
        findings.error(at(name) + ": " + problem);
    }

    void warn(Warning.Reason reason, String message) {
        findings.warn(reason, message);
    }

    /** Reports every field that nobody asked for. */
    void done() {
        for (String name : node.propertyNames()) {
            if (!asked.contains(name)) {
                findings.warn(
                        Warning.Reason.UNKNOWN_FIELD,
                        at(name) + " is no field that Berth or MetalLB knows" + NearestName.hint(name, asked)
                                + "; it has no effect, so correct or remove it");
            }
        }
    }

    private JsonNode value(String name) {
        asked.add(name);
        return node.path(name);
    }

    private Iterable<JsonNode> elements(String name) {
        JsonNode value = value(name);
        if (!isAbsent(value) && !value.isArray()) {
            wrongType(name, "a list", value);
            return List.of();
        }
        return value;
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private void wrongType(String name, String expected, JsonNode value) {
        error(name, "must be " + expected + ", got '" + (value.isValueNode() ? value.asString("") : value) + "'");
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
