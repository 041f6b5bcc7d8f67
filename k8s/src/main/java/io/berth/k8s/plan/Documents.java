package io.berth.k8s.plan;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** A tree as text for machines, which people read too. */
public final class Documents {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Strings stay quoted: a community such as 64512:30 is a number in base 60 to many a YAML parser. */
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .enable(YAMLWriteFeature.INDENT_ARRAYS_WITH_INDICATOR)
            .build();

    private Documents() {}

    /** Indented JSON without a line end after it. */
    public static String json(JsonNode tree) {
        return JSON.writeValueAsString(tree);
    }

    /** YAML without a line end after it. */
    public static String yaml(JsonNode tree) {
        return YAML.writeValueAsString(tree).stripTrailing();
    }
}
