package io.berth.k8s.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Objects of an API server, as the trees that a manifest would have been read to. */
final class ApiObjects {

    /** Enough for one answer; the API server says where the next begins. */
    private static final int PAGE = 500;

    private static final JsonMapper JSON = new JsonMapper();

    private ApiObjects() {}

    /**
     * All objects of a kind as they were in one moment.
     *
     * @param version of that moment: what came or changed later has a later one
     */
    record Listed(ApiKind kind, List<ObjectNode> objects, String version) {}

    /**
     * All of one kind as they are now; none of a kind that the API server does not know.
     *
     * @param path where they are listed
     */
    static Listed list(ApiKind kind, String path, KubernetesClient client) {
        List<ObjectNode> objects = new ArrayList<>();
        String version = "";
        String next = "";
        do {
            JsonNode page = page(client, path + "?limit=" + PAGE + next);
            page.path("items").forEach(item -> objects.add(named((ObjectNode) item, kind)));
            // The pages are all of the first one's moment.
            version = version.isEmpty()
                    ? page.path("metadata").path("resourceVersion").asString("")
                    : version;
            String token = page.path("metadata").path("continue").asString("");
            next = token.isEmpty() ? "" : "&continue=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
        } while (!next.isEmpty());
        return new Listed(kind, objects, version);
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

    /**
     * An object that the client has read. Of what it says about itself only that is taken over which decides something: who owns which
     * of its fields is more text than all the rest.
     */
    static ObjectNode tree(GenericKubernetesResource object, ApiKind kind) {
        ObjectNode tree = JSON.createObjectNode();
        object.getAdditionalProperties().forEach((name, value) -> tree.set(name, JSON.<JsonNode>valueToTree(value)));
        ObjectMeta meta = object.getMetadata();
        ObjectNode metadata = tree.putObject("metadata")
                .put("name", meta.getName())
                .put("uid", meta.getUid())
                .put("resourceVersion", meta.getResourceVersion())
                .put("creationTimestamp", meta.getCreationTimestamp());
        if (meta.getNamespace() != null) {
            metadata.put("namespace", meta.getNamespace());
        }
        put(metadata, "labels", meta.getLabels());
        put(metadata, "annotations", meta.getAnnotations());
        return named(tree, kind);
    }

    private static void put(ObjectNode metadata, String name, @Nullable Map<String, String> texts) {
        if (texts != null && !texts.isEmpty()) {
            ObjectNode node = metadata.putObject(name);
            texts.forEach(node::put);
        }
    }

    /** The items of a list leave out what the list says of all of them. */
    private static ObjectNode named(ObjectNode tree, ApiKind kind) {
        return tree.put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
    }
}
