package io.berth.k8s.plan;

import java.io.OutputStream;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** A tree as text for machines, which people read too. */
public final class Documents {

    /** Laid out as kubectl does. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .defaultPrettyPrinter(new DefaultPrettyPrinter(Separators.createDefaultInstance()
                            .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                            .withObjectEmptySeparator("")
                            .withArrayEmptySeparator(""))
                    .withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE))
            .build();

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

    /** The same of an array, one element after the other, so that only one of them is ever held. */
    public static <T> void writeJson(OutputStream out, List<T> values, Function<T, ? extends JsonNode> tree) {
        try (JsonGenerator generator = JSON.createGenerator(out)) {
            generator.writeStartArray();
            values.forEach(value -> generator.writeTree(tree.apply(value)));
            generator.writeEndArray();
        }
    }

    /** YAML without a line end after it. */
    public static String yaml(JsonNode tree) {
        return YAML.writeValueAsString(tree).stripTrailing();
    }
}
