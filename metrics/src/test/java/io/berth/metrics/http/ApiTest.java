package io.berth.metrics.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.allocator.ServiceKey;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTest {

    private final Router router = Router.EMPTY
            .with(Api.allocation(() -> "[\"pools\"]", () -> "[\"allocations\"]", ApiTest::explain))
            .with(Api.announcement(() -> "[\"peers\"]", () -> "[\"routes\"]"));

    @ParameterizedTest
    @ValueSource(strings = {"pools", "allocations", "peers", "routes"})
    void everyPartHasItsPath(String part) {
        assertThat(get("/api/v1/" + part, "")).isEqualTo(Response.json("[\"" + part + "\"]"));
    }

    @Test
    void oneServiceIsExplained() {
        assertThat(get("/api/v1/explain", "service=team-a/web")).isEqualTo(Response.json("{\"name\": \"web\"}"));
    }

    @Test
    void aServiceThatIsNotThereIsNotFound() {
        Response answer = get("/api/v1/explain", "service=team-a/api");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("there is no service team-a/api\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "service=", "service=web", "service=a/b/c", "name=team-a/web"})
    void aQuestionWithoutAServiceIsTheClientsMistake(String query) {
        Response answer = get("/api/v1/explain", query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).startsWith("ask for explain?service=NAMESPACE/NAME, got '");
    }

    @Test
    void aProcessServesOnlyWhatItKnows() {
        Router speaker = Router.EMPTY.with(Api.announcement(() -> "[]", () -> "[]"));

        assertThat(speaker.answer(new Request("GET", "/api/v1/pools", Map.of(), ""))
                        .status())
                .isEqualTo(404);
    }

    private static Optional<String> explain(ServiceKey service) {
        return service.name().equals("web") ? Optional.of("{\"name\": \"web\"}") : Optional.empty();
    }

    private Response get(String path, String query) {
        return router.answer(new Request("GET", path, Request.parameters(query), ""));
    }
}
