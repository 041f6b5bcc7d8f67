package io.berth.testenv.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The Helm chart of Berth, and what it becomes. */
final class Chart {

    private static final Path ROOT = Path.of(System.getProperty("berth.root"));

    static final Path DEPLOY = ROOT.resolve("k8s/deploy");

    private static final Path HELM =
            Path.of(Command.of(ROOT.resolve("test-env/helm/build").toString(), "where")
                    .output("")
                    .strip());

    private Chart() {}

    /**
     * What the chart gives for a release of this name in the namespace of the same name, with these arguments of Helm.
     *
     * @throws IllegalStateException when Helm refuses to; the message has what it said
     */
    static String rendered(String release, String... arguments) {
        List<String> words = new ArrayList<>(List.of(
                HELM.toString(), "template", release, DEPLOY.resolve("chart").toString(), "--namespace", release));
        words.addAll(Arrays.asList(arguments));
        return new Command(words).output("");
    }

    /** Installs, upgrades or uninstalls, in this cluster. */
    static void helm(ApiServer server, String verb, String release, String... arguments) {
        List<String> words =
                new ArrayList<>(List.of(HELM.toString(), "--kubeconfig=" + server.kubeconfig(), verb, release));
        if (!verb.equals("uninstall")) {
            words.add(DEPLOY.resolve("chart").toString());
        }
        words.addAll(Arrays.asList(arguments));
        new Command(words).output("");
    }

    /** The files that define Berth's kinds, one for each. */
    static List<Path> definitions() {
        try (Stream<Path> files = Files.list(DEPLOY.resolve("crds"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Applies the definitions of Berth's kinds, and returns when they are served. */
    static void applyDefinitions(ApiServer server) {
        server.kubectl(
                "apply",
                "--server-side",
                "--force-conflicts",
                "--filename",
                DEPLOY.resolve("crds").toString());
        server.kubectl("wait", "--for=condition=Established", "crd", "--all");
    }

    /** Applies these manifests as the server's own strictest check lets them through: an unknown field is an error. */
    static void apply(ApiServer server, String manifests, String... arguments) {
        try {
            Path file = Files.writeString(Files.createTempFile("berth-chart-", ".yaml"), manifests);
            List<String> words = new ArrayList<>(
                    List.of("apply", "--server-side", "--validate=strict", "--filename", file.toString()));
            words.addAll(Arrays.asList(arguments));
            server.kubectl(words.toArray(String[]::new));
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
