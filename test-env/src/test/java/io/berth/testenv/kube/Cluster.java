package io.berth.testenv.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;

/** Clients of an API server, and a place for what they write. */
final class Cluster {

    private Cluster() {}

    /** A client that fails at once where it would try again, so that a test sees each answer. */
    static KubernetesClient client(Path kubeconfig) {
        Config config = Config.fromKubeconfig(kubeconfig.toFile());
        config.setRequestRetryBackoffLimit(0);
        config.setRequestTimeout(3000);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** A new namespace's name. */
    static String newNamespace(KubernetesClient client) {
        return client.resource("""
            {"apiVersion": "v1", "kind": "Namespace", "metadata": {"generateName": "api-server-"}}
            """).create().getMetadata().getName();
    }
}
