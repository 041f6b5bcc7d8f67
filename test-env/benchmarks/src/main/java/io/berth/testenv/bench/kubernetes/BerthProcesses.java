package io.berth.testenv.bench.kubernetes;

import io.berth.testenv.BerthProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Berth as a user starts it, by the built launcher with the options of the JVM that it chooses. */
final class BerthProcesses implements Contestant {

    private static final Pattern USED =
            Pattern.compile("(?:DefNew|Tenured|def new generation|tenured generation).*used (\\d+)K");

    @Override
    public Path resources() {
        return Path.of(System.getProperty("berth.root")).resolve("k8s/deploy/crds");
    }

    @Override
    public Server.Start controller(Path kubeconfig, Path log) {
        return start("controller", kubeconfig, log, List.of());
    }

    @Override
    public Server.Start speaker(Path kubeconfig, Path log) {
        return start("speaker", kubeconfig, log, List.of("--node-name", Site.NODE));
    }

    private static Server.Start start(String command, Path kubeconfig, Path log, List<String> more) {
        String http = "127.0.0.1:" + Server.freePort();
        List<String> words = new ArrayList<>(List.of(BerthProcess.launcher().toString(), command, "--http", http));
        words.addAll(more);
        return new Server.Start(
                words,
                Map.of("KUBECONFIG", kubeconfig.toString()),
                log,
                URI.create("http://" + http + "/readyz"),
                BerthProcesses::heap);
    }

    private static double heap(Server server) {
        jcmd(server, "GC.run");
        return USED.matcher(jcmd(server, "GC.heap_info"))
                        .results()
                        .map((MatchResult used) -> used.group(1))
                        .mapToDouble(Double::parseDouble)
                        .sum()
                * 1024;
    }

    private static String jcmd(Server server, String command) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process process = new ProcessBuilder(jcmd.toString(), String.valueOf(server.pid()), command)
                    .redirectErrorStream(true)
                    .start();
            String said = process.inputReader().readAllAsString();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("jcmd " + command + ": " + said);
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
