package io.berth.k8s;

import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.cluster.Described;
import io.berth.k8s.cluster.Manifests;
import io.berth.k8s.resource.ConfigError;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Manifests as input. */
final class ManifestOptions {

    @Option(
            names = {"-f", "--filename"},
            paramLabel = "PATH",
            arity = "1..*",
            required = true,
            description = "Files and directories of manifests, YAML or JSON; directories are read to their ends.")
    private List<Path> paths = List.of();

    /** What the manifests came to. */
    sealed interface Read {

        /** Every object in them can be used. */
        record Valid(ClusterState state) implements Read {}

        /** One line for each thing that is wrong. */
        record Invalid(List<String> problems) implements Read {

            static Invalid because(List<ConfigError> errors) {
                return new Invalid(errors.stream().map(ConfigError::line).toList());
            }

            /** Says so on the command's standard error; its exit status. */
            int report(CommandSpec command) {
                problems.forEach(command.commandLine().getErr()::println);
                return ErrorLines.INVALID;
            }
        }
    }

    static Read read(List<Path> files) {
        Described described = Manifests.describe(files);
        List<ConfigError> errors = described.errors();
        return errors.isEmpty() ? new Read.Valid(described.state()) : Read.Invalid.because(errors);
    }

    /** What they say, right or wrong. */
    Described described() {
        return Manifests.describe(paths);
    }

    List<Path> paths() {
        return paths;
    }
}
