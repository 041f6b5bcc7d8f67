package io.berth.k8s;

import java.net.InetSocketAddress;
import picocli.CommandLine.Option;

/** Where a process shows itself. */
@SuppressWarnings("NullAway.Init")
final class HttpOptions {

    @Option(
            names = "--http",
            paramLabel = "ADDR:PORT",
            defaultValue = ":7472",
            description = "Metrics, health, the JSON API and the status page (default: ${DEFAULT-VALUE}).")
    private InetSocketAddress http;

    InetSocketAddress address() {
        return http;
    }
}
