package io.berth.k8s.cluster;

import io.berth.k8s.resource.IPAddressPool;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What pools have to remember over a restart, kept beside the manifests as the API server would keep it: an IPAddressPool manifest
 * with the annotation only, in {@code .berth/pools/NAME.yaml}.
 */
final class TenureStore {

    private static final String SUFFIX = ".yaml";
    private static final YAMLMapper YAML = new YAMLMapper();

    private final Path pools;

    TenureStore(Path directory) {
        this.pools = directory.resolve("pools");
    }

    /** The annotation of every pool that has one. */
    Map<String, String> readAll() throws IOException {
        Map<String, String> tenures = new HashMap<>();
        if (!Files.isDirectory(pools)) {
            return tenures;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(pools, "[!.]*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                tenures.put(name.substring(0, name.length() - SUFFIX.length()), read(file));
            }
        }
        return tenures;
    }

    private static String read(Path file) throws IOException {
        try {
            return YAML.readTree(Files.readString(file))
                    .path("metadata")
                    .path("annotations")
                    .path(IPAddressPool.TENURES_ANNOTATION)
                    .asString("");
        } catch (JacksonException e) {
            throw new IOException(file + ": is nothing that Berth wrote: " + e.getMessage(), e);
        }
    }

    void write(String pool, String tenures) throws IOException {
        Path file = pools.resolve(pool + SUFFIX);
        if (tenures.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        ObjectNode root = YAML.createObjectNode();
        root.put("apiVersion", "metallb.io/v1beta1").put("kind", "IPAddressPool");
        root.putObject("metadata")
                .put("name", pool)
                .putObject("annotations")
                .put(IPAddressPool.TENURES_ANNOTATION, tenures);
        StatusStore.put(file, YAML.writeValueAsString(root));
    }
}
