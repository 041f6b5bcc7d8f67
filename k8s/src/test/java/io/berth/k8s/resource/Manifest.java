package io.berth.k8s.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.resource.Warning.Reason;
import java.util.List;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** One manifest, and what the decoder says of it. */
final class Manifest {

    private static final YAMLMapper YAML = new YAMLMapper();

    private Manifest() {}

    static Decoded decode(String yaml) {
        return ResourceDecoder.decode(YAML.readTree(yaml), "file.yaml");
    }

    /** The object that a faultless manifest declares. */
    static <R extends Resource> R valid(Class<R> kind, String yaml) {
        Decoded decoded = decode(yaml);
        assertThat(decoded).isInstanceOf(Decoded.Usable.class);
        return kind.cast(((Decoded.Usable) decoded).resource());
    }

    /** The errors of an invalid manifest, as they are printed. */
    static List<String> errors(String yaml) {
        Decoded decoded = decode(yaml);
        List<ConfigError> errors = switch (decoded) {
            case Decoded.Invalid invalid -> invalid.errors();
            case Decoded.Shut shut -> shut.errors();
            case Decoded.Usable _, Decoded.PassedOver _ -> List.of();
        };
        assertThat(errors).isNotEmpty();
        return errors.stream().map(ConfigError::line).toList();
    }

    /** The warnings of a manifest that can be used. */
    static List<Warning> warnings(String yaml) {
        Decoded decoded = decode(yaml);
        assertThat(decoded).isInstanceOf(Decoded.Usable.class);
        return ((Decoded.Usable) decoded).warnings();
    }

    static List<Reason> reasons(String yaml) {
        return warnings(yaml).stream().map(Warning::reason).toList();
    }

    /** A metallb.io/v1beta1 object with this spec, in YAML's flow style. */
    static String metallb(String kind, String name, String spec) {
        return """
            apiVersion: metallb.io/v1beta1
            kind: %s
            metadata: {name: %s, namespace: metallb-system}
            spec: {%s}
            """.formatted(kind, name, spec);
    }
}
