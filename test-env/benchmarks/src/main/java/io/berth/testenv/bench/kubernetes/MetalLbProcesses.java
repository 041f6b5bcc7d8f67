package io.berth.testenv.bench.kubernetes;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * MetalLB's controller and its native speaker, as they are built from its module. The speaker asks the API server for its own pod,
 * which {@link Site} has made; beyond that they want nothing that only a cluster has. The webhook is switched off, and no speaker
 * looks for others.
 *
 * @param folder with the programs {@code controller} and {@code speaker}, and {@code crd}
 */
record MetalLbProcesses(Path folder) implements Contestant {

    private static final Pattern HEAP_ALLOC = Pattern.compile("# HeapAlloc = (\\d+)");

    @Override
    public Path resources() {
        return folder.resolve("crd");
    }

    @Override
    public Server.Start controller(Path kubeconfig, Path log) {
        return start("controller", kubeconfig, log, List.of("--webhook-mode=disabled", "--disable-cert-rotation"));
    }

    @Override
    public Server.Start speaker(Path kubeconfig, Path log) {
        return start("speaker", kubeconfig, log, List.of("--node-name=" + Site.NODE, "--pod-name=" + Site.POD));
    }

    private Server.Start start(String program, Path kubeconfig, Path log, List<String> more) {
        int metrics = Server.freePort();
        List<String> words = new ArrayList<>(List.of(
                folder.resolve(program).toString(),
                "--kubeconfig=" + kubeconfig,
                "--namespace=" + Site.NAMESPACE,
                "--enable-pprof",
                "--port=" + metrics));
        words.addAll(more);
        return new Server.Start(
                words,
                Map.of("METALLB_BGP_TYPE", "native", "METALLB_HOST", "127.0.0.1"),
                log,
                URI.create("http://127.0.0.1:" + metrics + "/metrics"),
                server -> heap(metrics));
    }

    private static double heap(int port) {
        URI profile = URI.create("http://127.0.0.1:" + port + "/debug/pprof/heap?gc=1&debug=1");
        Matcher found = HEAP_ALLOC.matcher(Server.get(profile).body());
        if (!found.find()) {
            throw new IllegalStateException("no heap in " + profile);
        }
        return Double.parseDouble(found.group(1));
    }
}
