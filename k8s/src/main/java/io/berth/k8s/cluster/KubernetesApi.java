package io.berth.k8s.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The API server of the kubeconfig, or of the cluster that this process runs in, as kubectl finds it.
 *
 * @param namespace of the configuration: pools, peers and what belongs to them
 */
public record KubernetesApi(String namespace) {

    /** Where MetalLB's users have their configuration. */
    public static final String USUAL_NAMESPACE = "metallb-system";

    private static final Path OWN_NAMESPACE = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

    /** A list of ten thousand objects may take a while. */
    private static final Duration READING = Duration.ofSeconds(60);

    /**
     * Before a watch is tried again; up to 32 times as long after several. With the client's second, an API server that was away for a
     * minute would be back for half a minute before anybody here looks.
     */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    /** Whoever writes tries again by itself, and knows better what then. */
    private static final Duration WRITING = Duration.ofSeconds(5);

    /** A lease must be renewed or given up within seconds, however the API server behaves. */
    private static final Duration LEASING = Duration.ofSeconds(2);

    /**
     * With the namespace that was asked for, or, where none was, this pod's own, or the usual one outside of a cluster.
     *
     * @param given empty where none was asked for
     */
    public static KubernetesApi in(String given) throws IOException {
        if (!given.isEmpty()) {
            return new KubernetesApi(given);
        }
        try {
            return new KubernetesApi(Files.readString(OWN_NAMESPACE).strip());
        } catch (NoSuchFileException _) {
            return new KubernetesApi(USUAL_NAMESPACE);
        }
    }

    KubernetesClient reading() {
        Config config = config(READING);
        config.setWatchReconnectInterval((int) FIRST_PAUSE.toMillis());
        return client(config);
    }

    KubernetesClient writing() {
        return client(config(WRITING));
    }

    KubernetesClient leasing() {
        return client(config(LEASING));
    }

    private static KubernetesClient client(Config config) {
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static Config config(Duration timeout) {
        Config config = new ConfigBuilder().build();
        config.setRequestTimeout((int) timeout.toMillis());
        config.setConnectionTimeout((int) Math.min(timeout.toMillis(), LEASING.toMillis()));
        // One try: whoever asks tries again by itself, and by then may want to ask for something else.
        config.setRequestRetryBackoffLimit(0);
        if (isWithoutTokens(config)) {
            // Otherwise the client reads the whole kubeconfig again before each request, in search of a newer token.
            config.setOauthTokenProvider(() -> null);
        }
        return config;
    }

    /** Who we are is said by a certificate alone. */
    private static boolean isWithoutTokens(Config config) {
        boolean hasCertificate = config.getClientCertFile() != null || config.getClientCertData() != null;
        return hasCertificate
                && config.getOauthToken() == null
                && config.getAutoOAuthToken() == null
                && config.getAuthProvider() == null;
    }
}
