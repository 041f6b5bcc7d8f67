package io.berth.k8s;

import io.berth.k8s.cluster.Described;
import io.berth.k8s.cluster.DirectorySnapshot;
import io.berth.k8s.cluster.KubernetesSnapshot;
import java.io.IOException;
import java.nio.file.Path;

/** What a plan is compared with: the world as it is today, wherever that is known from. */
sealed interface Base {

    /** A directory of manifests, with the statuses that {@code berth run} keeps in it where it works on one. */
    record Directory(Path path) implements Base {}

    /** The cluster that kubectl would talk to. */
    record Kubernetes() implements Base {}

    /** As it is named on the command line: "kube", or else a directory. */
    static Base named(String name) {
        return name.equals("kube") ? new Kubernetes() : new Directory(Path.of(name));
    }

    /**
     * Reads it; nothing of it is changed.
     *
     * @throws IOException where it cannot be read, saying why in one line
     */
    default Described today() throws IOException {
        return switch (this) {
            case Directory(Path path) -> DirectorySnapshot.of(path);
            case Kubernetes _ -> KubernetesSnapshot.read();
        };
    }
}
