package io.berth.k8s;

import io.berth.k8s.cluster.Cluster;
import io.berth.k8s.cluster.DirectoryCluster;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the world comes from. */
final class ClusterOptions {

    @Option(
            names = "--cluster",
            paramLabel = "DIR",
            required = true,
            description = "A directory of manifests, watched for changes. Status and events are written beside them, in"
                    + " DIR/.berth/, never into the manifests.")
    private Path directory = Path.of(".");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** As it was named, for messages. */
    Path directory() {
        return directory;
    }

    /** Opens it. */
    Cluster open() throws IOException {
        if (directory.equals(Path.of("kube"))) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--cluster kube: this version of Berth serves directories of manifests only; for a directory of"
                            + " that name write ./kube");
        }
        return new DirectoryCluster(directory);
    }
}
