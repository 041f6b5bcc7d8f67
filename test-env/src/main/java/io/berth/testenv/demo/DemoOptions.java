package io.berth.testenv.demo;

import io.berth.testenv.lab.RouterKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** The demo's flags: {@code --once}, {@code --router collector|frr|bird}. */
record DemoOptions(boolean once, String router) {

    private static final int HTTP_PORT = 7472;

    static DemoOptions of(List<String> arguments) {
        boolean once = false;
        String router = "collector";
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String flag = rest.pop();
            switch (flag) {
                case "--once" -> once = true;
                case "--router" -> {
                    if (rest.isEmpty()) {
                        throw new IllegalArgumentException("--router needs a value: collector, frr or bird");
                    }
                    router = rest.pop();
                }
                default ->
                    throw new IllegalArgumentException("no such flag: " + flag + " (there are --once and --router)");
            }
        }
        if (!List.of("collector", "frr", "bird").contains(router)) {
            throw new IllegalArgumentException("--router: collector, frr or bird, not '" + router + "'");
        }
        return new DemoOptions(once, router);
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

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
