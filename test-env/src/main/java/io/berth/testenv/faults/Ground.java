package io.berth.testenv.faults;

import io.berth.testenv.Eventually;
import io.berth.testenv.kube.ApiServer;
import io.berth.testenv.lab.Router;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;

/**
 * Where rounds are played.
 *
 * @param server nobody else needs it meanwhile: it is stopped, killed and paused
 * @param client of that server, for one who may do everything
 * @param router a peer of the node, and of nobody else
 * @param namespace of the configuration, which has an advertisement of all pools and the router as a peer
 * @param node the only one
 */
public record Ground(ApiServer server, KubernetesClient client, Router router, String namespace, String node) {

    /** Whatever fails while the API server is away is tried again until it is back. */
    private static final Duration ANY_OUTAGE = Duration.ofMinutes(3);

    /** Does what may fail for a while, and then may have been done by the time it is tried again. */
    void insist(Runnable request) {
        Eventually.eventually(ANY_OUTAGE, request);
    }
}
