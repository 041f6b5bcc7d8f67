package io.berth.k8s.cluster;

import io.berth.k8s.resource.ConfigError;
import io.berth.k8s.resource.Decoded;
import io.berth.k8s.resource.Resource;
import io.berth.k8s.resource.ResourceDecoder;
import io.berth.k8s.resource.Warning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Manifests in files: documents of YAML or JSON, lists unfolded, directories read to their ends in the order of their names.
 * What is wrong is collected, never thrown.
 */
public final class Manifests {

    /** YAML is a superset of JSON, so one reader reads both; SnakeYAML bounds aliases and nesting by itself. */
    private static final YAMLMapper YAML = new YAMLMapper();

    private Manifests() {}

    /**
     * One document of one file.
     *
     * @param source the file, for messages
     */
    public record Document(String source, JsonNode tree) {}

    /** What was read of some files. */
    public record Read(List<Document> documents, List<ConfigError> errors) {
        public Read {
            documents = List.copyOf(documents);
            errors = List.copyOf(errors);
        }
    }

    /** Reads files and directories and takes together what they say. */
    public static ClusterState read(List<Path> paths) {
        return describe(paths).state();
    }

    /** The same, with the file of each object. */
    public static Described describe(List<Path> paths) {
        List<Document> documents = new ArrayList<>();
        List<ConfigError> errors = new ArrayList<>();
        for (Path path : paths) {
            try {
                for (Path file : files(path)) {
                    Read read = readFile(file);
                    documents.addAll(read.documents);
                    errors.addAll(read.errors);
                }
            } catch (IOException e) {
                errors.add(new ConfigError(path.toString(), "", reason(e)));
            }
        }
        return described(documents, errors, Map.of());
    }

    /**
     * The manifests at a path: the file itself, or all in a directory and below, but for hidden ones.
     *
     * @throws IOException where there is nothing at the path, or it cannot be listed
     */
    public static List<Path> files(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> tree = Files.walk(path)) {
            return tree.filter(file -> isManifest(path.relativize(file)) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static boolean isManifest(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return false;
            }
        }
        String name = relative.toString();
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
    }

    /** Reads one file; if any of it cannot be parsed, none of it counts. */
    public static Read readFile(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            return new Read(List.of(), List.of(new ConfigError(file.toString(), "", reason(e))));
        }
    }

    /** Reads text that stands in a file of this name. */
    public static Read parse(String text, String source) {
        List<Document> documents = new ArrayList<>();
        try (MappingIterator<JsonNode> trees = YAML.readerFor(JsonNode.class).readValues(text)) {
            while (trees.hasNextValue()) {
                unfold(trees.nextValue(), source, documents);
            }
            return new Read(documents, List.of());
        } catch (JacksonException e) {
            return new Read(List.of(), List.of(new ConfigError(source, "", yamlProblem(e))));
        } catch (StackOverflowError e) {
            return new Read(List.of(), List.of(new ConfigError(source, "", "is nested too deeply")));
        }
    }

    private static void unfold(JsonNode tree, String source, List<Document> documents) {
        if (tree.path("kind").asString("").equals("List") && tree.path("items").isArray()) {
            tree.path("items").forEach(item -> unfold(item, source, documents));
        } else if (tree.isObject()) {
            documents.add(new Document(source, tree));
        }
    }

    /** Decodes documents and sees that no object is there twice. */
    public static ClusterState together(List<Document> documents, List<ConfigError> before) {
        return described(documents, before, Map.of()).state();
    }

    /** The same for a process that runs: an object that is invalid now keeps the form in which it was good. */
    static ClusterState together(List<Document> documents, List<ConfigError> before, Map<String, Resource> lastGood) {
        return described(documents, before, lastGood).state();
    }

    private static Described described(
            List<Document> documents, List<ConfigError> before, Map<String, Resource> lastGood) {
        List<Resource> resources = new ArrayList<>();
        List<Warning> warnings = new ArrayList<>();
        List<ConfigError> errors = new ArrayList<>(before);
        Map<String, String> sources = new HashMap<>();
        for (Document document : documents) {
            switch (ResourceDecoder.decode(document.tree, document.source)) {
                case Decoded.Usable(Resource resource, List<Warning> noticed) -> {
                    String earlier = sources.putIfAbsent(resource.reference(), document.source);
                    if (earlier == null) {
                        resources.add(resource);
                        warnings.addAll(noticed);
                    } else {
                        errors.add(duplicate(resource, document.source, earlier));
                    }
                }
                case Decoded.Shut shut -> {
                    errors.addAll(shut.errors());
                    Resource good = lastGood.get(shut.standIn().reference());
                    if (sources.putIfAbsent(shut.standIn().reference(), document.source) == null) {
                        resources.add(good == null ? shut.standIn() : shut.afterwards(good));
                    }
                }
                case Decoded.Invalid invalid -> {
                    errors.addAll(invalid.errors());
                    Resource good = lastGood.get(invalid.reference());
                    if (good != null && sources.putIfAbsent(good.reference(), document.source) == null) {
                        resources.add(good);
                    }
                }
                case Decoded.PassedOver _ -> {
                    // Not our business.
                }
            }
        }
        return new Described(new ClusterState(resources, warnings, errors), sources);
    }

    private static ConfigError duplicate(Resource resource, String source, String earlier) {
        return new ConfigError(
                source,
                resource.reference(),
                "metadata.name: '" + resource.meta().name() + "' is declared twice, first in " + earlier);
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "no such file or directory";
            case AccessDeniedException _ -> "cannot be read: permission denied";
            case MalformedInputException _ -> "is not UTF-8 text";
            default -> "cannot be read: " + e.getMessage();
        };
    }

    private static String yamlProblem(JacksonException e) {
        String first =
                String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
        var location = e.getLocation();
        return (location == null ? "" : "line " + location.getLineNr() + ": ") + "is not YAML: " + first;
    }
}
