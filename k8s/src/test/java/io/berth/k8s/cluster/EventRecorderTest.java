package io.berth.k8s.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.berth.k8s.cluster.Cluster.Event;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** That what happens again is counted, whoever tells it. */
class EventRecorderTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final Event FAILED =
            new Event("Service/team-a/web", Event.Type.WARNING, "AllocationFailed", "no pool admits it");

    /** The events that there are, by their paths. */
    private final Map<String, ObjectNode> events = new ConcurrentHashMap<>();

    private int version;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** Keeps objects as an API server would. */
    private void answer(HttpExchange exchange) throws IOException {
        ObjectNode sent = (ObjectNode) JSON.readTree(exchange.getRequestBody().readAllBytes());
        String path = exchange.getRequestURI().getPath();
        if (exchange.getRequestMethod().equals("POST")) {
            String made = path + "/" + sent.path("metadata").path("name").asString();
            answer(exchange, events.containsKey(made) ? 409 : 201, made, sent);
        } else if (!events.containsKey(path)) {
            answer(exchange, 404, path, sent);
        } else {
            ObjectNode event = events.get(path);
            String expected = sent.path("metadata").path("resourceVersion").asString("");
            boolean isCurrent = expected.isEmpty()
                    || expected.equals(
                            event.path("metadata").path("resourceVersion").asString());
            sent.remove("metadata");
            answer(exchange, isCurrent ? 200 : 409, path, event.deepCopy().setAll(sent));
        }
    }

    private void answer(HttpExchange exchange, int code, String path, ObjectNode event) throws IOException {
        if (code < 300) {
            ((ObjectNode) event.path("metadata")).put("resourceVersion", Integer.toString(++version));
            events.put(path, event);
        }
        byte[] body = event.toString().getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                        .withRequestTimeout(5000)
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    /** One process that tells it so often, and ends. */
    private void tell(String component, String instance, int times) {
        try (KubernetesClient client = client();
                EventRecorder recorder = new EventRecorder(client, "metallb-system", component, instance)) {
            for (int i = 0; i < times; i++) {
                recorder.tell(FAILED, "u-1", NOON.plusSeconds(i));
            }
        }
    }

    private int count() {
        assertThat(events).hasSize(1);
        return events.values().iterator().next().path("count").asInt();
    }

    @Test
    void whatIsToldAgainIsCounted() {
        tell("berth-controller", "pod-1", 3);

        assertThat(count()).isEqualTo(3);
    }

    @Test
    void aProcessThatWasStartedAgainCountsOn() {
        tell("berth-controller", "pod-1_7_18c", 2);
        tell("berth-controller", "pod-1_8_18d", 2);

        assertThat(count()).isEqualTo(4);
    }

    @Test
    void twoWhoTellByTurnsCountTogether() {
        try (KubernetesClient client = client();
                EventRecorder one = new EventRecorder(client, "metallb-system", "berth-controller", "pod-1")) {
            one.tell(FAILED, "u-1", NOON);
            tell("berth-controller", "pod-2", 3);
            one.tell(FAILED, "u-1", NOON.plusSeconds(60));
        }

        assertThat(count()).isEqualTo(5);
    }

    @Test
    void componentsCountByThemselves() {
        tell("berth-controller", "pod-1", 1);
        tell("berth", "pod-1", 1);

        assertThat(events).hasSize(2);
    }

    @Test
    void anObjectThatWasMadeAnewHasEventsOfItsOwn() {
        try (KubernetesClient client = client();
                EventRecorder recorder = new EventRecorder(client, "metallb-system", "berth-controller", "pod-1")) {
            recorder.tell(FAILED, "u-1", NOON);
            recorder.tell(FAILED, "u-2", NOON);
        }

        assertThat(events).hasSize(2);
    }
}
