package io.berth.metrics.http;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What a kubelet asks: does the process live, and may it be sent work. */
public final class Probes {

    private Probes() {}

    /**
     * {@code /healthz} and {@code /readyz}.
     *
     * @param unready why the process is not ready, one reason a line; empty when it is
     */
    public static Map<String, Page> of(Supplier<List<String>> unready) {
        return Map.of("/healthz", request -> Response.text("ok\n"), "/readyz", request -> ready(unready.get()));
    }

    private static Response ready(List<String> unready) {
        return unready.isEmpty() ? Response.text("ok\n") : Response.unavailable(String.join("\n", unready) + "\n");
    }
}
