package io.berth.k8s.cluster;

import io.berth.k8s.resource.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A directory of manifests as it is at one moment, with the statuses that a {@link DirectoryCluster} keeps in it. For onlookers:
 * nothing is written and nothing locked, and a process may be at work on the directory.
 */
public final class DirectorySnapshot {

    private DirectorySnapshot() {}

    /**
     * Reads the manifests and, where there are any, the statuses.
     *
     * @throws IOException where there is no such directory, or a status in it cannot be read
     */
    public static Described of(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            throw new NoSuchFileException(directory.toString());
        }
        if (!Files.isDirectory(directory)) {
            throw new NotDirectoryException(directory.toString());
        }
        // The statuses first: one that is written meanwhile is of a decision on manifests that are there by then.
        Path folder = directory.resolve(".berth");
        Beside beside = new Beside(new StatusStore(folder).readAll(), new TenureStore(folder).readAll());
        Described manifests = Manifests.describe(List.of(directory));
        ClusterState state = manifests.state();
        List<Resource> resources = state.resources().stream().map(beside::on).toList();
        return manifests.with(new ClusterState(resources, state.warnings(), state.errors()), Map.of());
    }
}
