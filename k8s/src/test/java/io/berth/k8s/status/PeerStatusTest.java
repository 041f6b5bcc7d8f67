package io.berth.k8s.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.board.StatusWrite;
import io.berth.k8s.crd.Crd;
import io.berth.k8s.resource.BGPPeer;
import io.berth.k8s.resource.BGPPeer.Password;
import io.berth.k8s.resource.ConfigError;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PeerStatusTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private static BGPPeer peer(String more) {
        return Decoding.peer("myASN: 64512, peerASN: 64513, peerAddress: 192.0.2.1" + more);
    }

    private static String ready(PeerStatus status) {
        JsonNode tree = status.tree(JSON.createObjectNode(), NOON);
        assertThat(Crd.of("BGPPeer").problems(tree)).isEmpty();
        assertThat(StatusWrite.isDone(tree, status.tree(tree, NOON.plusSeconds(3600))))
                .isTrue();
        JsonNode condition = tree.at("/conditions/0");
        assertThat(condition.path("type").asString()).isEqualTo("Ready");
        return String.join(
                " ",
                condition.path("status").asString(),
                condition.path("reason").asString() + ":",
                condition.path("message").asString());
    }

    @Test
    void aPeerThatAsksForWhatThereIsIsReady() {
        assertThat(ready(new PeerStatus.Legible(peer(", holdTime: 9s"))))
                .isEqualTo("True Valid: speakers do all that is asked of them");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        bfdProfile: fast                | True NotServed: not served by this version of Berth: spec.bfdProfile; the session runs without
        vrf: red                        | False NotServed: not served by this version of Berth: spec.vrf; there is no session
        vrf: red, bfdProfile: fast      | False NotServed: not served by this version of Berth: spec.vrf, spec.bfdProfile; there is no session
        holdTime: 9s, keepaliveTime: 1s | True NotServed: not served by this version of Berth: spec.keepaliveTime; the session runs without
        """)
    void whatIsNotServedIsNamedWithWhatBecomesOfTheSession(String options, String ready) {
        assertThat(ready(new PeerStatus.Legible(peer(", " + options)))).isEqualTo(ready);
    }

    @Test
    void aPeerThatCannotBeReadSaysWhatIsWrongWithIt() {
        assertThat(ready(new PeerStatus.Invalid(
                        List.of(new ConfigError("", "BGPPeer/tor", "spec.myASN: must be 1 to 4294967295, got 0")))))
                .isEqualTo("False Invalid: spec.myASN: must be 1 to 4294967295, got 0");
    }

    @Test
    void aPeerWithoutItsPasswordSaysWhichSecretIsMissed() {
        assertThat(ready(new PeerStatus.SecretNotFound(new Password.InSecret("metallb-system", "tor"))))
                .isEqualTo("False SecretNotFound: spec.passwordSecret: Secret metallb-system/tor with a key 'password'"
                        + " does not exist; the session stays down until it does");
    }
}
