package io.berth.testenv.demo;

import io.berth.testenv.lab.RouterKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** The demo's flags: {@code --once}, {@code --router collector|frr|bird}, {@code --cluster files|kube}. */
record DemoOptions(boolean once, String router, String cluster) {

    private static final int HTTP_PORT = 7472;
    private static final List<String> ROUTERS = List.of("collector", "frr", "bird");
    private static final List<String> CLUSTERS = List.of("files", "kube");

    static DemoOptions of(List<String> arguments) {
        boolean once = false;
        String router = ROUTERS.getFirst();
        String cluster = CLUSTERS.getFirst();
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String flag = rest.pop();
            switch (flag) {
                case "--once" -> once = true;
                case "--router" -> router = oneOf(ROUTERS, flag, rest);
                case "--cluster" -> cluster = oneOf(CLUSTERS, flag, rest);
                default ->
                    throw new IllegalArgumentException(
                            "no such flag: " + flag + " (there are --once, --router and --cluster)");
            }
        }
        return new DemoOptions(once, router, cluster);
    }

    private static String oneOf(List<String> values, String flag, Deque<String> rest) {
        String wanted = String.join(", ", values);
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(flag + " needs a value: one of " + wanted);
        }
        if (!values.contains(rest.peek())) {
            throw new IllegalArgumentException(flag + ": one of " + wanted + ", not '" + rest.peek() + "'");
        }
        return rest.pop();
    }

    /** The cluster that these manifests are in, once they are applied. */
    DemoCluster startCluster(Path manifests) {
        return cluster.equals("kube") ? new KubeCluster(manifests) : new FileCluster(manifests);
    }

    DemoRouter startRouter() {
        return router.equals("collector")
                ? new CollectorRouter()
                : new ContainerRouter(RouterKind.valueOf(router.toUpperCase(Locale.ROOT)));
    }

    /** The port of the documentation, or a free one where something else answers there already. */
    String httpAddress() throws IOException {
        return "127.0.0.1:" + (isFree(HTTP_PORT) ? HTTP_PORT : freePort());
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
