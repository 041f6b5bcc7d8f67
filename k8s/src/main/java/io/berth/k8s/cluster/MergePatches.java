package io.berth.k8s.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes objects of an API server, each by the one request that says what is to change. The client's own ways to patch read the object
 * first, which costs every address a second request before anybody hears of it, and a right to read.
 */
final class MergePatches {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http;
    private final String server;
    private final int timeoutMillis;

    /** Through this client: with its credentials, and the patience that it has. */
    MergePatches(KubernetesClient client) {
        this.http = client.getHttpClient();
        String url = client.getMasterUrl().toString();
        this.server = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.timeoutMillis = client.getConfiguration().getRequestTimeout();
    }

    /**
     * Begins to change an object.
     *
     * @param path  where it is, "/api/v1/namespaces/team-a/services/web/status"
     * @param patch what becomes of its fields (RFC 7386); an object whose resourceVersion is given is changed as that version only
     * @return the object as it is then, from any thread; exceptionally a {@link KubernetesClientException} with the code of the answer
     */
    CompletableFuture<ObjectNode> send(String path, ObjectNode patch) {
        HttpRequest request = http.newHttpRequestBuilder()
                .uri(server + path)
                .timeout(timeoutMillis, TimeUnit.MILLISECONDS)
                .method("PATCH", "application/merge-patch+json", patch.toString())
                .build();
        return http.sendAsync(request, byte[].class).thenApply(answer -> read(path, answer));
    }

    /**
     * Changes an object and waits for that.
     *
     * @throws KubernetesClientException as of {@link #send}, and where there was no answer
     */
    ObjectNode apply(String path, ObjectNode patch) {
        try {
            return send(path, patch).join();
        } catch (CompletionException e) {
            throw KubernetesClientException.launderThrowable(e.getCause());
        }
    }

    private static ObjectNode read(String path, HttpResponse<byte[]> answer) {
        if (!answer.isSuccessful()) {
            throw new KubernetesClientException(problem(answer), answer.code(), null);
        }
        try {
            return (ObjectNode) JSON.readTree(answer.body());
        } catch (JacksonException e) {
            throw new KubernetesClientException("PATCH " + path + ": the answer is no object", e);
        }
    }

    /** What the API server says; what stands between us and it may say no more than a code. */
    private static String problem(HttpResponse<byte[]> answer) {
        String code = "the API server answered " + answer.code();
        try {
            String message = JSON.readTree(answer.body()).path("message").asString("");
            return message.isEmpty() ? code : message;
        } catch (JacksonException _) {
            return code;
        }
    }
}
