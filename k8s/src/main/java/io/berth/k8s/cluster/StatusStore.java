package io.berth.k8s.cluster;

import io.berth.allocator.AddressRange;
import io.berth.allocator.ServiceKey;
import io.berth.k8s.resource.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The status of services, kept beside the manifests as the API server would keep it: one Service manifest for each, with metadata
 * and status only, in {@code .berth/services/NAMESPACE/NAME.yaml}. Each is written whole and put in place in one move, so a
 * process that is killed leaves the old one or the new one.
 */
final class StatusStore {

    /** What a service has been given: the addresses, and the pool they are from; both empty after they were taken back. */
    record Status(List<InetAddress> addresses, String pool) {
        Status {
            addresses = List.copyOf(addresses);
        }
    }

    private static final YAMLMapper YAML = new YAMLMapper();

    private final Path services;

    StatusStore(Path directory) {
        this.services = directory.resolve("services");
    }

    /** Every status that was ever written and not removed; one that is removed meanwhile may be among them or not. */
    Map<ServiceKey, Status> readAll() throws IOException {
        Map<ServiceKey, Status> statuses = new HashMap<>();
        if (!Files.isDirectory(services)) {
            return statuses;
        }
        for (Path namespace : entries(services)) {
            for (Path file : entries(namespace)) {
                String name = file.getFileName().toString();
                if (name.endsWith(".yaml")) {
                    var key = new ServiceKey(
                            namespace.getFileName().toString(), name.substring(0, name.length() - ".yaml".length()));
                    read(file).ifPresent(status -> statuses.put(key, status));
                }
            }
        }
        return statuses;
    }

    private static List<Path> entries(Path directory) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        }
        return entries;
    }

    private static Optional<Status> read(Path file) throws IOException {
        try {
            JsonNode tree = YAML.readTree(Files.readString(file));
            List<InetAddress> addresses = tree.path("status")
                    .path("loadBalancer")
                    .path("ingress")
                    .valueStream()
                    .map(entry -> AddressRange.parseAddress(entry.path("ip").asString("")))
                    .toList();
            String pool = tree.path("metadata")
                    .path("annotations")
                    .path(Service.POOL_ANNOTATION)
                    .asString("");
            return Optional.of(new Status(addresses, pool));
        } catch (NoSuchFileException removed) {
            return Optional.empty();
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException(file + ": is not a status that Berth wrote: " + e.getMessage(), e);
        }
    }

    void write(ServiceKey key, Status status) throws IOException {
        ObjectNode root = YAML.createObjectNode();
        root.put("apiVersion", "v1").put("kind", "Service");
        ObjectNode metadata = root.putObject("metadata");
        metadata.put("namespace", key.namespace()).put("name", key.name());
        if (!status.pool.isEmpty()) {
            metadata.putObject("annotations").put(Service.POOL_ANNOTATION, status.pool);
        }
        var ingress = root.putObject("status").putObject("loadBalancer").putArray("ingress");
        status.addresses.forEach(address -> ingress.addObject().put("ip", address.getHostAddress()));
        put(file(key), YAML.writeValueAsString(root));
    }

    void remove(ServiceKey key) throws IOException {
        Files.deleteIfExists(file(key));
    }

    private Path file(ServiceKey key) {
        return services.resolve(key.namespace()).resolve(key.name() + ".yaml");
    }

    /** Writes a file whole or not at all. */
    static void put(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
