package io.berth.k8s.cluster;

import io.berth.k8s.cluster.Manifests.Document;
import io.berth.k8s.resource.ConfigError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The manifests of a directory over time: a file is read again only when it has changed, and one that cannot be parsed keeps
 * its last good contents.
 */
final class ManifestFiles {

    /** A file this young may still be being written. */
    static final Duration SETTLING = Duration.ofMillis(100);

    private record Stamp(FileTime modified, long size) {}

    private record Contents(Stamp stamp, List<Document> documents, List<ConfigError> errors) {}

    private final Path directory;
    private final Map<Path, Contents> contents = new HashMap<>();
    private List<ConfigError> directoryErrors = List.of();
    private final Map<Path, Instant> vanished = new HashMap<>();
    private boolean unsettled;

    ManifestFiles(Path directory) {
        this.directory = directory;
    }

    /** Reads what has changed; whether anything had that counts by now. */
    boolean refresh(Instant now) {
        unsettled = false;
        List<Path> files;
        try {
            files = Manifests.files(directory);
        } catch (IOException e) {
            var error = new ConfigError(directory.toString(), "", "cannot be read: " + e.getMessage());
            boolean news = !directoryErrors.equals(List.of(error));
            directoryErrors = List.of(error);
            return news;
        }
        boolean changed = forgetVanished(files, now) || !directoryErrors.isEmpty();
        directoryErrors = List.of();
        for (Path file : files) {
            changed |= refresh(file, now);
        }
        return changed;
    }

    /** A file that is gone may be about to be put back: many tools replace one by removing it first. */
    private boolean forgetVanished(List<Path> files, Instant now) {
        vanished.keySet().removeAll(files);
        boolean forgotten = false;
        for (Path file : List.copyOf(contents.keySet())) {
            if (!files.contains(file)) {
                Instant noticed = vanished.computeIfAbsent(file, _ -> now);
                if (Duration.between(noticed, now).compareTo(SETTLING) < 0) {
                    unsettled = true;
                } else {
                    vanished.remove(file);
                    contents.remove(file);
                    forgotten = true;
                }
            }
        }
        return forgotten;
    }

    private boolean refresh(Path file, Instant time) {
        Stamp now = stamp(file);
        Contents before = contents.get(file);
        if (before != null && before.stamp.equals(now)) {
            return false;
        }
        Manifests.Read read = Manifests.readFile(file);
        List<Document> lastGood = before == null ? List.of() : before.documents;
        boolean saysLess = read.errors().isEmpty() && read.documents().size() < lastGood.size();
        boolean changedMeanwhile = !stamp(file).equals(now);
        if (changedMeanwhile || saysLess && isSettling(now, time)) {
            unsettled = true;
            return false;
        }
        contents.put(file, new Contents(now, read.errors().isEmpty() ? read.documents() : lastGood, read.errors()));
        return true;
    }

    private static Stamp stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size());
        } catch (IOException e) {
            return new Stamp(FileTime.fromMillis(0), -1);
        }
    }

    /** Every document, in the order of the files' names. */
    List<Document> documents() {
        List<Document> documents = new ArrayList<>();
        contents.keySet().stream().sorted().forEach(file -> documents.addAll(of(file).documents));
        return documents;
    }

    List<ConfigError> errors() {
        List<ConfigError> errors = new ArrayList<>(directoryErrors);
        contents.keySet().stream().sorted().forEach(file -> errors.addAll(of(file).errors));
        return errors;
    }

    private Contents of(Path file) {
        return contents.getOrDefault(file, new Contents(new Stamp(FileTime.fromMillis(0), -1), List.of(), List.of()));
    }

    /**
     * Whether a file says less than it did and is so young that the rest may be about to come: whoever saves a file empties it first.
     * It keeps its contents until it has been left alone for a moment.
     */
    boolean isUnsettled() {
        return unsettled;
    }

    private static boolean isSettling(Stamp stamp, Instant now) {
        Duration age = Duration.between(stamp.modified.toInstant(), now);
        return age.compareTo(SETTLING) < 0;
    }
}
