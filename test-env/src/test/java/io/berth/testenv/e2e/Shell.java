package io.berth.testenv.e2e;

import io.berth.testenv.BerthProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Where somebody types what a README says: {@code kubectl}, {@code helm} and {@code berth} are at hand and mean one cluster, and
 * the project's folders are where the README has them. What is written is written to a folder of its own.
 */
record Shell(Path folder, Path kubeconfig) {

    private static final Path ROOT = Path.of(System.getProperty("berth.root"));

    /**
     * What these commands print; the first that fails ends them.
     *
     * @throws AssertionError when one fails; the message has what was said
     */
    String type(String commands) {
        String path = String.join(
                ":",
                printed(ROOT.resolve("test-env/apiserver/build").toString(), "where"),
                Objects.requireNonNull(Path.of(printed(
                                        ROOT.resolve("test-env/helm/build").toString(), "where"))
                                .getParent())
                        .toString(),
                Objects.requireNonNull(BerthProcess.launcher().getParent()).toString(),
                System.getenv("PATH"));
        var bash = new ProcessBuilder("bash", "-e", "-c", commands).directory(folder.toFile());
        bash.environment().put("PATH", path);
        bash.environment().put("KUBECONFIG", kubeconfig.toString());
        bash.environment().put("KUBECACHEDIR", folder.resolve("cache").toString());
        return withProjectAtHand(bash);
    }

    /** Only for so long: the folder is to hold nothing but what was written. */
    private String withProjectAtHand(ProcessBuilder command) {
        Path link = folder.resolve("k8s");
        try {
            Files.createSymbolicLink(link, ROOT.resolve("k8s"));
            try {
                return printed(command);
            } finally {
                Files.delete(link);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String printed(String... words) {
        return printed(new ProcessBuilder(words)).strip();
    }

    private static String printed(ProcessBuilder command) {
        try {
            Process process = command.redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = process.inputReader().readAllAsString();
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new AssertionError(String.join(" ", command.command()) + " failed: " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
