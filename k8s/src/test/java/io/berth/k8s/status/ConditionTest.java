package io.berth.k8s.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.board.StatusWrite;
import io.berth.k8s.status.Condition.Truth;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class ConditionTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.7Z");
    private static final Instant LATER = Instant.parse("2026-01-31T13:00:00Z");
    private static final Condition READY = new Condition("Ready", Truth.TRUE, "Valid", "all is well");

    private static JsonNode status(Condition condition, JsonNode previous, Instant now) {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.set("conditions", condition.after(previous, now));
        return status;
    }

    private static JsonNode first(Condition condition) {
        return status(condition, JSON.createObjectNode(), NOON);
    }

    @Test
    void theFirstIsOfNowInWholeSeconds() {
        assertThat(first(READY)).isEqualTo(JSON.readTree("""
            {"conditions": [{"type": "Ready", "status": "True", "reason": "Valid", "message": "all is well",
                "lastTransitionTime": "2026-01-31T12:00:00Z"}]}
            """));
    }

    @Test
    void nothingChangesWhileNothingChanges() {
        assertThat(status(READY, first(READY), LATER)).isEqualTo(first(READY));
    }

    @Test
    void anotherMessageIsNoTransition() {
        JsonNode reworded =
                status(new Condition("Ready", Truth.TRUE, "Valid", "all is very well"), first(READY), LATER);

        assertThat(reworded.at("/conditions/0/message").asString()).isEqualTo("all is very well");
        assertThat(reworded.at("/conditions/0/lastTransitionTime").asString()).isEqualTo("2026-01-31T12:00:00Z");
    }

    @Test
    void anotherStatusOrReasonIsOne() {
        assertThat(status(new Condition("Ready", Truth.FALSE, "Invalid", ""), first(READY), LATER)
                        .at("/conditions/0/lastTransitionTime")
                        .asString())
                .isEqualTo("2026-01-31T13:00:00Z");
        assertThat(status(new Condition("Ready", Truth.TRUE, "NotServed", ""), first(READY), LATER)
                        .at("/conditions/0/lastTransitionTime")
                        .asString())
                .isEqualTo("2026-01-31T13:00:00Z");
    }

    @Test
    void conditionsOfOthersStayAsTheyAreAndWhereTheyAre() {
        JsonNode others = first(new Condition("Audited", Truth.TRUE, "ByHand", ""));

        JsonNode both = status(READY, status(READY, others, NOON), LATER);

        assertThat(both.path("conditions").get(0))
                .isEqualTo(others.path("conditions").get(0));
        assertThat(both.path("conditions").get(1))
                .isEqualTo(first(READY).path("conditions").get(0));
        assertThat(both.path("conditions")).hasSize(2);
    }

    @Test
    void aMessageIsNoLongerThanTheApiTakes() {
        assertThat(new Condition("Ready", Truth.FALSE, "Invalid", "x".repeat(40_000)).message())
                .hasSize(32_768)
                .endsWith("x…");
    }

    @Test
    void aNumberIsTheSameWhateverTypeItWasReadAs() {
        ObjectNode written = JSON.createObjectNode().put("assignedIPv4", 3L);

        assertThat(StatusWrite.isDone(JSON.readTree("{\"assignedIPv4\": 3}"), written))
                .isTrue();
        assertThat(StatusWrite.isDone(JSON.readTree("{\"assignedIPv4\": 4}"), written))
                .isFalse();
        assertThat(StatusWrite.isDone(JSON.readTree("{\"assignedIPv4\": \"3\"}"), written))
                .isFalse();
        assertThat(StatusWrite.isDone(JSON.readTree("{}"), written)).isFalse();
    }
}
