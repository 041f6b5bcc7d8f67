package io.berth.k8s.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.berth.k8s.board.StatusTarget;
import io.berth.k8s.board.StatusWrite;
import io.berth.k8s.board.Wanted.Origin;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** How statuses are read and written. */
class KubernetesStatusesTest {

    private static final String POOLS = "/apis/metallb.io/v1beta1/namespaces/metallb-system/ipaddresspools";
    private static final StatusTarget GOLD = new StatusTarget("IPAddressPool", "gold");
    private static final JsonMapper JSON = new JsonMapper();

    /** What the object has, in all forms that a status has, and nothing for what there is not. */
    private static final String STATUS = """
        {"assignedIPv4": 2, "availableIPv6": 9223372036854775807, "text": "", "none": [], "map": {},
         "conditions": [{"type": "Ready", "status": "True", "lastTransitionTime": "2026-01-31T12:00:00Z"}]}
        """;

    private final Map<String, String> answers = new HashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private KubernetesStatuses statuses;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        statuses = new KubernetesStatuses(
                new KubernetesClientBuilder()
                        .withConfig(new ConfigBuilder()
                                .withAutoConfigure(false)
                                .withMasterUrl("http://127.0.0.1:"
                                        + server.getAddress().getPort())
                                .withRequestTimeout(5000)
                                .withRequestRetryBackoffLimit(0)
                                .build())
                        .build(),
                "metallb-system");
    }

    @AfterEach
    void stop() {
        statuses.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        requests.add(asked);
        String answer = answers.getOrDefault(asked, "");
        byte[] body = (answer.isEmpty() ? "{\"kind\":\"Status\",\"code\":404}" : answer).getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.isEmpty() ? 404 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String object(String name, String status) {
        return "{\"apiVersion\": \"metallb.io/v1beta1\", \"kind\": \"IPAddressPool\", \"metadata\": {\"name\": \""
                + name + "\"}, \"status\": " + status + "}";
    }

    private static String list(String next, String item) {
        return "{\"apiVersion\": \"metallb.io/v1beta1\", \"kind\": \"IPAddressPoolList\", \"metadata\": {\"continue\":"
                + " \""
                + next + "\"}, \"items\": [" + item + "]}";
    }

    @Test
    void whatAWriteCameToIsWhatIsReadLater() throws IOException {
        answers.put("PATCH " + POOLS + "/gold/status", object("gold", STATUS));
        answers.put("GET " + POOLS + "?limit=500", list("", object("gold", STATUS)));

        JsonNode stored = statuses.write(
                        GOLD, new Origin.People(Origin.People.UNKNOWN), MissingNode.getInstance(), (ObjectNode)
                                JSON.readTree(STATUS))
                .orElseThrow();
        JsonNode read =
                statuses.standing("IPAddressPool", "").orElseThrow().getOrDefault("gold", MissingNode.getInstance());

        assertThat(StatusWrite.isDone(stored, read)).isTrue();
    }

    @Test
    void allPagesAreRead() throws IOException {
        answers.put("GET " + POOLS + "?limit=500", list("more", object("gold", STATUS)));
        answers.put("GET " + POOLS + "?continue=more&limit=500", list("", object("iron", "{}")));

        assertThat(statuses.standing("IPAddressPool", "").orElseThrow()).containsOnlyKeys("gold", "iron");
    }

    @Test
    void aKindThatIsNotKnownIsToldFromOneWithoutObjects() throws IOException {
        answers.put("GET " + POOLS + "?limit=500", list("", ""));

        assertThat(statuses.standing("IPAddressPool", "")).hasValue(Map.of());
        assertThat(statuses.standing("BGPSession", "berth.io/node=node-1")).isEmpty();
    }

    @Test
    void whatIsWrittenToNobodyIsNotWritten() throws IOException {
        assertThat(statuses.write(
                        GOLD,
                        new Origin.People(Origin.People.UNKNOWN),
                        MissingNode.getInstance(),
                        JSON.createObjectNode()))
                .isEmpty();
    }
}
