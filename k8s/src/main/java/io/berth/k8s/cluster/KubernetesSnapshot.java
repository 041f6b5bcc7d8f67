package io.berth.k8s.cluster;

import io.berth.k8s.cluster.Manifests.Document;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Kubernetes cluster as it is at one moment: that of the kubeconfig, or the one that this process runs in, as kubectl finds it.
 * For onlookers: nothing is written and nothing watched. A kind that the cluster does not know is a kind without objects.
 */
public final class KubernetesSnapshot {

    /** Enough for one answer; the API server says where the next begins. */
    private static final int PAGE = 500;

    private static final JsonMapper JSON = new JsonMapper();

    /** Objects of one kind, where the API server lists them. */
    private record Listed(String kind, String apiVersion, String plural) {

        private String path() {
            return (apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion + "/" + plural;
        }
    }

    private static final List<Listed> KINDS = List.of(
            new Listed("Namespace", "v1", "namespaces"),
            new Listed("Node", "v1", "nodes"),
            new Listed("Service", "v1", "services"),
            new Listed("EndpointSlice", "discovery.k8s.io/v1", "endpointslices"),
            new Listed("IPAddressPool", "metallb.io/v1beta1", "ipaddresspools"),
            new Listed("BGPAdvertisement", "metallb.io/v1beta1", "bgpadvertisements"),
            new Listed("BGPPeer", "metallb.io/v1beta2", "bgppeers"),
            new Listed("BFDProfile", "metallb.io/v1beta1", "bfdprofiles"),
            new Listed("Community", "metallb.io/v1beta1", "communities"),
            new Listed("L2Advertisement", "metallb.io/v1beta1", "l2advertisements"));

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
            for (Listed listed : KINDS) {
                read(client, listed, documents);
            }
            return new Described(Manifests.together(documents, List.of()), Map.of());
        } catch (KubernetesClientException | JacksonException e) {
            throw new IOException("Kubernetes at " + config.getMasterUrl() + ": " + problem(e), e);
        }
    }

    private static void read(KubernetesClient client, Listed listed, List<Document> documents) {
        String next = "";
        do {
            JsonNode page = page(client, listed.path() + "?limit=" + PAGE + next);
            for (JsonNode item : page.path("items")) {
                // The items of a list leave out what the list says of all of them.
                documents.add(new Document(
                        "", ((ObjectNode) item).put("kind", listed.kind()).put("apiVersion", listed.apiVersion())));
            }
            String token = page.path("metadata").path("continue").asString("");
            next = token.isEmpty() ? "" : "&continue=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
        } while (!next.isEmpty());
    }

    private static JsonNode page(KubernetesClient client, String path) {
        try {
            return JSON.readTree(Objects.requireNonNullElse(client.raw(path), "{}"));
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return JSON.createObjectNode();
            }
            throw e;
        }
    }

    /** What was at the bottom of it; the client wraps that in sentences on itself. */
    private static String problem(Exception failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
