package io.berth.k8s.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.allocator.ServiceKey;
import io.berth.metrics.http.Api.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RoleTest {

    private static final ServiceKey WEB = ServiceKey.parse("team-a/web");

    @Test
    void controllerKnowsPoolsAndAllocationsAndWhoKnowsTheRest() {
        assertThat(tree(Worlds.CONTROLLER.pools())).hasSize(2);
        assertThat(tree(Worlds.CONTROLLER.allocations())).hasSize(3);
        assertThat(List.of(Worlds.CONTROLLER.peers(), Worlds.CONTROLLER.routes()))
                .containsOnly(new Answer.ServedElsewhere("a controller knows no peers and routes: ask the speakers,"
                        + " each for its node (--server http://NODE:7472)"));
    }

    @Test
    void speakerKnowsPeersAndRoutesAndWhoKnowsTheRest() {
        assertThat(tree(Worlds.SPEAKER.peers())).hasSize(3);
        assertThat(tree(Worlds.SPEAKER.routes())).hasSize(2);
        assertThat(List.of(Worlds.SPEAKER.pools(), Worlds.SPEAKER.allocations()))
                .containsOnly(new Answer.ServedElsewhere("a speaker knows no pools and allocations: ask the controller"
                        + " (--server http://CONTROLLER:7472)"));
    }

    @Test
    void bothHalvesOfAnExplanationMakeTheWhole() {
        JsonNode whole = tree(Worlds.BOTH.explain(WEB));

        assertThat(tree(Worlds.CONTROLLER.explain(WEB)).propertyNames())
                .containsExactly(
                        "namespace", "name", "outcome", "pool", "addresses", "reason", "message", "considered");
        assertThat(tree(Worlds.SPEAKER.explain(WEB)).propertyNames())
                .containsExactly("namespace", "name", "announced", "notAnnounced");
        for (Role half : List.of(Worlds.CONTROLLER, Worlds.SPEAKER)) {
            tree(half.explain(WEB))
                    .forEachEntry((name, value) -> assertThat(value).isEqualTo(whole.path(name)));
        }
    }

    @Test
    void everyoneSaysThatThereIsNoSuchServiceAndWhichWasMeant() {
        for (Role role : List.of(Worlds.CONTROLLER, Worlds.SPEAKER, Worlds.BOTH)) {
            assertThat(role.explain(ServiceKey.parse("team-a/wep")))
                    .isEqualTo(new Answer.NoSuchService("there is no Service team-a/wep (did you mean team-a/web?)"));
        }
    }

    @Test
    void nothingIsToldBeforeItIsKnown() {
        String allocation = "allocation: the addresses that services hold are not all taken over yet";
        String announcement = "announcement: the first full set of routes has not been handed to the speaker yet";

        assertThat(List.of(Worlds.STARTING.pools(), Worlds.STARTING.allocations()))
                .containsOnly(new Answer.Starting(List.of(allocation)));
        assertThat(List.of(Worlds.STARTING.peers(), Worlds.STARTING.routes()))
                .containsOnly(new Answer.Starting(List.of(announcement)));
        assertThat(Worlds.STARTING.explain(WEB)).isEqualTo(new Answer.Starting(List.of(allocation, announcement)));
        assertThat(Worlds.STARTING.unready()).containsExactly(allocation, announcement);
        assertThat(Worlds.BOTH.unready()).isEmpty();
    }

    @Test
    void arraysComeInTheOrderOfNamesOrOfPreference() {
        assertThat(names(Worlds.BOTH.pools(), "name")).containsExactly("team-a-ips", "v6-ips");
        assertThat(names(Worlds.BOTH.peers(), "name")).containsExactly("tor-1", "tor-2", "tor-3");
        assertThat(names(Worlds.BOTH.allocations(), "namespace")).containsExactly("team-a", "team-a", "team-b");
        assertThat(names(Worlds.BOTH.allocations(), "name")).containsExactly("inner", "web", "web");
    }

    @Test
    void metersFindNothingInAHalfThatIsNotThere() {
        assertThat(Worlds.CONTROLLER.sessions()).isEmpty();
        assertThat(Worlds.CONTROLLER.decisions()).hasSize(2);
        assertThat(Worlds.SPEAKER.sessions()).hasSize(3);
        assertThat(Worlds.SPEAKER.decisions()).isEmpty();
    }

    private static List<String> names(Answer answer, String field) {
        return tree(answer).valueStream().map(one -> one.path(field).asString()).toList();
    }

    private static JsonNode tree(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Told.class);
        return new JsonMapper().readTree(((Answer.Told) answer).json().text());
    }
}
