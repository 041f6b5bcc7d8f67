package io.berth.k8s.cluster;

import io.berth.k8s.cluster.Manifests.Document;
import io.berth.k8s.resource.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;

/**
 * A Kubernetes cluster as it is at one moment: that of the kubeconfig, or the one that this process runs in, as kubectl finds it.
 * For onlookers: nothing is written and nothing watched. A kind that the cluster does not know is a kind without objects.
 */
public final class KubernetesSnapshot {

    /** Secrets decide nothing here. */
    private static final Set<ApiKind> KINDS = EnumSet.complementOf(EnumSet.of(ApiKind.SECRET));

    private KubernetesSnapshot() {}

    /**
     * Reads everything that decides on addresses and announcements, but for Secrets, which decide nothing here.
     *
     * @throws IOException where the API server cannot be reached or refuses, saying which and why
     */
    public static Described read() throws IOException {
        Config config = new ConfigBuilder().build();
        // A command that somebody waits for: it says at once that there is nobody.
        config.setRequestRetryBackoffLimit(0);
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            List<Document> documents = new ArrayList<>();
            for (ApiKind kind : KINDS) {
                ApiObjects.list(kind, kind.path(), client)
                        .objects()
                        .forEach(tree -> documents.add(new Document("", tree)));
            }
            ClusterState state = Manifests.together(documents, List.of());
            return new Described(state.hiding(Set.of(Secret.class)), Map.of());
        } catch (KubernetesClientException | JacksonException e) {
            throw new IOException("Kubernetes at " + config.getMasterUrl() + ": " + Problems.text(e), e);
        }
    }
}
