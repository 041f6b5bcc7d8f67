package io.berth.metrics.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.allocator.ServiceKey;
import io.berth.metrics.http.Api.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTest {

    /** One that knows what it is asked for by name, and the service team-a/web. */
    private static final class SmallApi implements Api {

        @Override
        public Answer pools() {
            return new Answer.Told(new Content.Whole("[\"pools\"]"));
        }

        @Override
        public Answer allocations() {
            return new Answer.Told(new Content.Whole("[\"allocations\"]"));
        }

        @Override
        public Answer peers() {
            return new Answer.ServedElsewhere("the speakers know their \"peers\"");
        }

        @Override
        public Answer routes() {
            return new Answer.Starting(List.of("one thing", "another"));
        }

        @Override
        public Answer explain(ServiceKey service) {
            return service.name().equals("web")
                    ? new Answer.Told(new Content.Whole("{\"name\": \"web\"}"))
                    : new Answer.NoSuchService("there is no Service " + service);
        }
    }

    private final Router router = Router.EMPTY.with(new SmallApi().pages());

    @ParameterizedTest
    @ValueSource(strings = {"pools", "allocations"})
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

        assertThat(answer).isEqualTo(new Response(404, "application/json", """
            {
              "reason": "NoSuchService",
              "message": "there is no Service team-a/api"
            }\
            """));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "service=", "service=web", "service=a/b/c", "name=team-a/web"})
    void aQuestionWithoutAServiceIsTheClientsMistake(String query) {
        Response answer = get("/api/v1/explain", query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("\"message\": \"ask for explain?service=NAMESPACE/NAME, got '");
    }

    @Test
    void whatAnotherProcessKnowsIsNotFoundAndSaysWhoDoes() {
        Response answer = get("/api/v1/peers", "");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).contains("\"ServedElsewhere\"", "the speakers know their \\u0022peers\\u0022");
    }

    @Test
    void whatIsNotKnownYetIsUnavailableWithEveryReason() {
        Response answer = get("/api/v1/routes", "");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("\"message\": \"the process is starting: one thing; another\"");
    }

    private Response get(String path, String query) {
        return router.answer(new Request("GET", path, Request.parameters(query), ""));
    }
}
