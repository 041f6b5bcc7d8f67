package io.berth.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A directory of manifests and an edit of them, for {@code berth plan -f EDIT --against TODAY}.
 *
 * @param directory in which both are
 */
record TwoSides(Path directory) {

    private static final JsonMapper JSON = new JsonMapper();

    Path today() {
        return directory.resolve("today");
    }

    Path edit() {
        return directory.resolve("edit.yaml");
    }

    void base(String... manifests) throws IOException {
        Files.createDirectories(today());
        Files.writeString(today().resolve("cluster.yaml"), String.join("\n---\n", manifests));
    }

    void edit(String... manifests) throws IOException {
        Files.writeString(edit(), String.join("\n---\n", manifests));
    }

    /** What `berth run` has written on a service. */
    void status(String key, String pool, String... addresses) throws IOException {
        Path file = today().resolve(".berth/services/" + key + ".yaml");
        Files.createDirectories(file.getParent());
        String ingress =
                Stream.of(addresses).map(address -> "{ip: '" + address + "'}").collect(Collectors.joining(", "));
        Files.writeString(file, """
            apiVersion: v1
            kind: Service
            metadata: {annotations: {metallb.io/ip-allocated-from-pool: '%s'}}
            status: {loadBalancer: {ingress: [%s]}}
            """.formatted(pool, ingress));
    }

    Run plan(String... options) {
        return Run.berth(Stream.concat(
                        Stream.of("plan", "-f", edit().toString(), "--against", today().toString()), Stream.of(options))
                .toArray(String[]::new));
    }

    JsonNode json(String... options) {
        Run run =
                plan(Stream.concat(Stream.of("-o", "json"), Stream.of(options)).toArray(String[]::new));
        assertThat(run.err()).isEmpty();
        return JSON.readTree(run.out());
    }

    /** "team-a/api [10.0.1.0] -> [10.0.1.3] Reassigned" for each. */
    static List<String> rows(JsonNode changes) {
        return changes.valueStream()
                .map(change -> change.path("namespace").asString() + "/"
                        + change.path("name").asString() + " "
                        + texts(change.path("before")) + " -> " + texts(change.path("after")) + " "
                        + change.path("reason").asString())
                .toList();
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    /** The message of the only one. */
    static String message(JsonNode changes) {
        assertThat(changes.size()).isEqualTo(1);
        return changes.path(0).path("message").asString();
    }
}
