package io.berth.k8s.cluster;

import io.berth.k8s.board.StatusBoard;
import io.berth.k8s.board.StatusTarget;
import io.berth.k8s.board.Wanted.Origin;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Statuses beside the manifests of a directory: one file for each, {@code .berth/status/KIND/NAME.yaml}. */
public final class DirectoryStatuses implements StatusBoard {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String ENDING = ".yaml";

    private final Path folder;

    /** @param directory of the manifests */
    public DirectoryStatuses(Path directory) {
        this.folder = directory.resolve(".berth").resolve("status");
    }

    private Path file(StatusTarget target) {
        return folder.resolve(target.kind()).resolve(target.name() + ENDING);
    }

    @Override
    public Optional<Map<String, JsonNode>> standing(String kind, String label) throws IOException {
        Path ofKind = folder.resolve(kind);
        if (!Files.isDirectory(ofKind)) {
            return Optional.of(Map.of());
        }
        Map<String, JsonNode> statuses = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(ofKind, "*" + ENDING)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                statuses.put(name.substring(0, name.length() - ENDING.length()), status(file));
            }
        }
        return Optional.of(statuses);
    }

    private static JsonNode status(Path file) throws IOException {
        try {
            return YAML.readTree(Files.readString(file)).path("status");
        } catch (JacksonException e) {
            throw new IOException(file + ": " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public Optional<JsonNode> write(StatusTarget target, Origin origin, JsonNode standing, ObjectNode wanted)
            throws IOException {
        ObjectNode object = YAML.createObjectNode().put("kind", target.kind());
        object.putObject("metadata").put("name", target.name());
        object.set("status", wanted);
        Path file = file(target);
        Files.createDirectories(file.getParent());
        StatusStore.put(file, YAML.writeValueAsString(object));
        return Optional.of(wanted);
    }

    @Override
    public void remove(StatusTarget target) throws IOException {
        Files.deleteIfExists(file(target));
    }

    @Override
    public void close() {
        // Nothing is open between two writes.
    }
}
