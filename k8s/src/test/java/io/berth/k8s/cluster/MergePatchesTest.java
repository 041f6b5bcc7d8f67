package io.berth.k8s.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class MergePatchesTest {

    private static final String PATH = "/api/v1/namespaces/team-a/services/web/status";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private KubernetesClient client;
    private int code = 200;
    private String answer = "{\"metadata\":{\"resourceVersion\":\"8\"}}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                        .withRequestTimeout(5000)
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        byte[] body = answer.getBytes(UTF_8);
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private ObjectNode patched() {
        ObjectNode patch = new JsonMapper().createObjectNode().put("note", "new");
        return new MergePatches(client).apply(PATH, patch);
    }

    @Test
    void aChangeIsOneRequestAndItsAnswerTheObjectAsItIsThen() {
        assertThat(patched().path("metadata").path("resourceVersion").asString())
                .isEqualTo("8");

        assertThat(requests)
                .singleElement()
                .asString()
                .startsWith("PATCH " + PATH + " application/merge-patch+json")
                .endsWith("{\"note\":\"new\"}");
    }

    @Test
    void aRefusalSaysWhatTheApiServerSaidAndNoMore() {
        code = 409;
        answer = "{\"kind\":\"Status\",\"code\":409,\"message\":\"the object has been modified\"}";

        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(this::patched)
                .matches(refused -> refused.getCode() == 409)
                .satisfies(refused -> assertThat(Problems.text(refused)).isEqualTo("the object has been modified"));
    }

    @Test
    void whatIsNoAnswerOfAnApiServerIsToldByItsCode() {
        code = 502;
        answer = "<html>bad gateway</html>";

        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(this::patched)
                .satisfies(refused -> assertThat(Problems.text(refused)).isEqualTo("the API server answered 502"));
    }

    @Test
    void anApiServerThatIsAwayIsAProblemOfTheConnection() {
        server.stop(0);

        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(this::patched)
                .withRootCauseInstanceOf(IOException.class);
    }
}
