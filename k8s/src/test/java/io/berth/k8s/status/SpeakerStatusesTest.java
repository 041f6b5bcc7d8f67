package io.berth.k8s.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.allocator.ServiceKey;
import io.berth.bgp.PeerSnapshot;
import io.berth.bgp.SessionState;
import io.berth.bgp.message.Family;
import io.berth.k8s.advertisement.AdvertisementSnapshot;
import io.berth.k8s.board.StatusTarget;
import io.berth.k8s.board.StatusWrite;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.crd.Crd;
import io.berth.k8s.resource.ConfigError;
import io.berth.k8s.status.ConfigurationStatus.Component;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** What speakers say of sessions and services, and both components of the configuration. */
class SpeakerStatusesTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNode NOTHING = MissingNode.getInstance();
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.123Z");

    private static SessionStatus session(String address, SessionState state, String reason) {
        return session(address, state, reason, NOON);
    }

    private static SessionStatus session(String address, SessionState state, String reason, Instant since) {
        return new SessionStatus(
                "Node-1",
                Decoding.peer("myASN: 64512, peerASN: 64513, peerAddress: '" + address + "'"),
                new PeerSnapshot(
                        "tor-1",
                        new InetSocketAddress(InetAddress.ofLiteral(address), 1790),
                        state,
                        since,
                        reason,
                        "192.0.2.1",
                        Map.of(Family.IPV4_UNICAST, 7),
                        0));
    }

    @Test
    void aSessionIsWhatItsSpeakerSeesOfIt() {
        JsonNode tree = session("192.0.2.1", SessionState.ESTABLISHED, "").tree(NOTHING);

        assertThat(Crd.of("BGPSession").problems(tree)).isEmpty();
        assertThat(tree.toString()).isEqualTo(JSON.readTree("""
            {"node": "Node-1", "peer": "tor-1", "remote": "192.0.2.1:1790", "localASN": 64512, "peerASN": 64513,
             "state": "Established", "since": "2026-01-31T12:00:00Z", "reason": "",
             "announcedIPv4": 7, "announcedIPv6": 0}
            """).toString());
    }

    @Test
    void aSessionThatIsDownSaysWhy() {
        JsonNode tree = session("2001:db8::1", SessionState.OPEN_SENT, "the peer is silent")
                .tree(NOTHING);

        assertThat(Crd.of("BGPSession").problems(tree)).isEmpty();
        assertThat(tree.path("remote").asString()).isEqualTo("[2001:db8::1]:1790");
        assertThat(tree.path("state").asString()).isEqualTo("Active");
        assertThat(tree.path("reason").asString()).isEqualTo("the peer is silent");
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECT", "ACTIVE", "OPEN_SENT", "OPEN_CONFIRM"})
    void whileAPeerIsAwayNoAttemptChangesTheStatus(SessionState attempt) {
        JsonNode down = session("192.0.2.1", SessionState.ACTIVE, "refused").tree(NOTHING);

        JsonNode later =
                session("192.0.2.1", attempt, "refused", NOON.plusSeconds(60)).tree(down);

        assertThat(StatusWrite.isDone(down, later)).isTrue();
        assertThat(later.path("state").asString()).isEqualTo("Active");
        assertThat(later.path("since").asString()).isEqualTo("2026-01-31T12:00:00Z");
    }

    @Test
    void anotherReasonIsSaidAndTheSessionIsDownAsLongAsBefore() {
        JsonNode down = session("192.0.2.1", SessionState.ACTIVE, "refused").tree(NOTHING);

        JsonNode later = session("192.0.2.1", SessionState.CONNECT, "no route", NOON.plusSeconds(60))
                .tree(down);

        assertThat(later.path("reason").asString()).isEqualTo("no route");
        assertThat(later.path("since")).isEqualTo(down.path("since"));
    }

    @Test
    void aSessionThatCameBackBetweenTwoLooksIsUpSinceThen() {
        JsonNode up = session("192.0.2.1", SessionState.ESTABLISHED, "").tree(NOTHING);

        assertThat(session("192.0.2.1", SessionState.ESTABLISHED, "", NOON.plusSeconds(1))
                        .tree(up)
                        .path("since")
                        .asString())
                .isEqualTo("2026-01-31T12:00:01Z");
        assertThat(session("192.0.2.1", SessionState.ACTIVE, "lost", NOON.plusSeconds(1))
                        .tree(up)
                        .path("since")
                        .asString())
                .isEqualTo("2026-01-31T12:00:01Z");
    }

    @Test
    void aSessionIsNamedAndLabelledAfterNodeAndPeer() {
        SessionStatus session = session("192.0.2.1", SessionState.IDLE, "");

        assertThat(session.name()).isEqualTo("node-1.tor-1");
        assertThat(session.labels()).isEqualTo(Map.of("berth.io/node", "Node-1", "berth.io/peer", "tor-1"));
    }

    @Test
    void namesThatAreTooLongStayApart() {
        String one = Names.object("n".repeat(250), "peer-1");
        String other = Names.object("n".repeat(250), "peer-2");

        assertThat(one).hasSize(253).startsWith("nnn").isNotEqualTo(other);
        assertThat(Names.label("n".repeat(64))).hasSize(63).isNotEqualTo(Names.label("n".repeat(65)));
        assertThat(Names.label("n".repeat(63))).isEqualTo("n".repeat(63));
    }

    @Test
    void aServiceIsAnnouncedToItsPeersInOrder() {
        var announcement =
                ServiceAnnouncement.of("node-1", new ServiceKey("team-a", "web"), List.of("tor-2", "tor-1", "tor-2"));

        assertThat(Crd.of("ServiceBGPStatus").problems(announcement.tree())).isEmpty();
        assertThat(announcement.tree()).isEqualTo(JSON.readTree("""
            {"node": "node-1", "serviceName": "web", "serviceNamespace": "team-a", "peers": ["tor-1", "tor-2"]}
            """));
        assertThat(announcement.name()).isEqualTo("bgp-node-1.team-a.web");
        assertThat(announcement.labels())
                .isEqualTo(Map.of(
                        "metallb.io/node", "node-1",
                        "metallb.io/service-namespace", "team-a",
                        "metallb.io/service-name", "web"));
    }

    @Test
    void whatTheProcessBeforeAnnouncedFromThisNodeIsInItsStatuses() {
        List<ServiceKey> before = new ArrayList<>();
        var source = new SpeakerStatuses(
                () -> new AdvertisementSnapshot("node-1", List.of(), List.of(), List.of(), List.of(), List.of()),
                List::of,
                () -> ClusterState.EMPTY,
                before::addAll);
        ServiceKey web = new ServiceKey("team-a", "web");

        source.found(Map.of(
                new StatusTarget("ServiceBGPStatus", "ours"),
                        ServiceAnnouncement.of("node-1", web, List.of("tor-1")).tree(),
                new StatusTarget("ServiceBGPStatus", "anothers"),
                        ServiceAnnouncement.of("node-2", new ServiceKey("team-a", "api"), List.of("tor-1"))
                                .tree(),
                new StatusTarget("ServiceBGPStatus", "unwritten"), JSON.createObjectNode(),
                new StatusTarget("BGPSession", "node-1.tor-1"),
                        session("192.0.2.1", SessionState.IDLE, "").tree(NOTHING)));

        assertThat(before).containsExactly(web);
    }

    @Test
    void aConfigurationWithoutErrorsIsValid() {
        var status = new ConfigurationStatus(new Component.Controller(), List.of());
        JsonNode tree = status.tree(JSON.createObjectNode(), NOON);

        assertThat(Crd.of("ConfigurationState").problems(tree)).isEmpty();
        assertThat(tree).isEqualTo(JSON.readTree("""
            {"result": "Valid", "errorSummary": "",
             "conditions": [{"type": "poolReconcilerValid", "status": "True", "reason": "Reconciled",
                 "message": "every object can be used", "lastTransitionTime": "2026-01-31T12:00:00Z"}]}
            """));
        assertThat(status.name()).isEqualTo("controller");
        assertThat(status.labels()).isEqualTo(Map.of("metallb.io/component-type", "controller"));
        assertThat(StatusWrite.isDone(tree, status.tree(tree, NOON.plusSeconds(3600))))
                .isTrue();
    }

    @Test
    void errorsAreALineEach() {
        var status = new ConfigurationStatus(
                new Component.Speaker("node-1"),
                List.of(
                        new ConfigError("", "BGPPeer/tor", "spec.myASN: must be 1 to 4294967295, got 0"),
                        new ConfigError("", "Community/names", "spec.communities[0].name: must be a name, got ''")));
        JsonNode tree = status.tree(JSON.createObjectNode(), NOON);

        assertThat(Crd.of("ConfigurationState").problems(tree)).isEmpty();
        assertThat(tree.path("result").asString()).isEqualTo("Invalid");
        assertThat(tree.path("errorSummary").asString().lines())
                .containsExactly(
                        "BGPPeer/tor: spec.myASN: must be 1 to 4294967295, got 0",
                        "Community/names: spec.communities[0].name: must be a name, got ''");
        assertThat(tree.at("/conditions/0/type").asString()).isEqualTo("configReconcilerValid");
        assertThat(tree.at("/conditions/0/status").asString()).isEqualTo("False");
        assertThat(tree.at("/conditions/0/reason").asString()).isEqualTo("ConfigurationError");
        assertThat(status.name()).isEqualTo("speaker-node-1");
        assertThat(status.labels())
                .isEqualTo(Map.of("metallb.io/component-type", "speaker", "metallb.io/node-name", "node-1"));
    }
}
