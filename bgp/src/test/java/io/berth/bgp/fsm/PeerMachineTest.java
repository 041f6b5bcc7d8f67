package io.berth.bgp.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.bgp.PeerConfig;
import io.berth.bgp.PeerConfig.Connect;
import io.berth.bgp.SessionState;
import io.berth.bgp.message.Keepalive;
import io.berth.bgp.message.Message;
import io.berth.bgp.message.Notification;
import io.berth.bgp.message.NotificationCode;
import io.berth.bgp.message.Open;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One peer: when it dials, which connection it keeps, how long it waits. */
class PeerMachineTest {

    private final List<PeerAction> actions = new ArrayList<>();
    private PeerMachine machine = new PeerMachine(Peers.config(Connect.BOTH), Peers.ours(), SendHold.DEFAULT);
    private PeerState state = machine.initial();

    @Test
    void startDials() {
        take(new PeerEvent.Start());

        assertThat(actions).contains(new PeerAction.Dial(1));
        assertThat(state.session()).isEqualTo(SessionState.CONNECT);
    }

    @Test
    void aPeerThatIsToDialUsIsWaitedFor() {
        machine = new PeerMachine(Peers.config(Connect.LISTEN), Peers.ours(), SendHold.DEFAULT);
        take(new PeerEvent.Start());

        assertThat(actions).noneMatch(PeerAction.Dial.class::isInstance);
        assertThat(state.session()).isEqualTo(SessionState.ACTIVE);
    }

    @Test
    void aPeerThatWeDialMayNotDialUs() {
        machine = new PeerMachine(Peers.config(Connect.DIAL), Peers.ours(), SendHold.DEFAULT);
        take(new PeerEvent.Start());
        take(new PeerEvent.Accepted());

        assertThat(actions).contains(new PeerAction.Reject(Notification.of(NotificationCode.CONNECTION_REJECTED)));
    }

    @Test
    void failuresDoubleThePauseAndOnlyAStableSessionForgetsThem() {
        take(new PeerEvent.Start());
        assertThat(pauseAfterFailure()).isEqualTo(Duration.ofSeconds(1));
        assertThat(pauseAfterFailure()).isEqualTo(Duration.ofSeconds(2));
        assertThat(pauseAfterFailure()).isEqualTo(Duration.ofSeconds(4));

        take(new PeerEvent.Expired(Timer.RETRY));
        establish(generation());
        onConnection(generation(), new Event.Disconnected("reset"));
        assertThat(lastPause()).as("a session that was up for a moment").isEqualTo(Duration.ofSeconds(8));

        take(new PeerEvent.Expired(Timer.RETRY));
        establish(generation());
        take(new PeerEvent.Expired(Timer.STABLE));
        onConnection(generation(), new Event.Disconnected("reset"));
        assertThat(lastPause()).as("a session that lasted").isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void thePauseHasALimit() {
        take(new PeerEvent.Start());
        Duration pause = Duration.ZERO;
        for (int i = 0; i < 20; i++) {
            pause = pauseAfterFailure();
        }
        assertThat(pause).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void thePauseThatWasAskedForIsNeverShortened() {
        var peer = Peers.config(Connect.BOTH);
        var slow = new PeerConfig.Transport(
                InetAddress.ofLiteral("0.0.0.0"), new PeerConfig.Reach.Anywhere(), "", Duration.ofMinutes(5));
        machine = new PeerMachine(
                new PeerConfig(peer.name(), peer.remote(), peer.local(), peer.peerAs(), Connect.BOTH, slow),
                Peers.ours(),
                SendHold.DEFAULT);
        state = machine.initial();
        take(new PeerEvent.Start());

        assertThat(pauseAfterFailure()).isEqualTo(Duration.ofMinutes(5));
        assertThat(pauseAfterFailure()).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @CsvSource({
        "MAXIMUM_NUMBER_OF_PREFIXES_REACHED, 30",
        "ADMINISTRATIVE_SHUTDOWN, 30",
        "PEER_DECONFIGURED, 30",
        "CONNECTION_REJECTED, 5",
        "OUT_OF_RESOURCES, 5",
        "BAD_PEER_AS, 5",
        "ADMINISTRATIVE_RESET, 1",
        "OTHER_CONFIGURATION_CHANGE, 1"
    })
    void aPeerIsTriedAgainAsSoonAsWhatItSaidMayHaveChanged(NotificationCode code, int seconds) {
        take(new PeerEvent.Start());
        establish(generation());
        received(generation(), Notification.of(code));

        assertThat(lastPause()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void aPeerThatTakesNothingLosesItsSessionAndIsTriedAgain() {
        take(new PeerEvent.Start());
        establish(1);
        onConnection(1, new Event.Expired(Timer.SEND_HOLD));

        assertThat(state.reason()).startsWith("the peer has taken nothing from us for 480 s");
        assertThat(lastPause()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whereOurIdentifierIsLowerTheConnectionThatThePeerOpenedStays() {
        bothConnectionsAreInOpenConfirm(Peers.theirs());

        assertThat(state.connections()).containsOnlyKeys(Role.ACCEPTED);
        assertThat(actions)
                .contains(new PeerAction.OnConnection(
                        1, new Action.Send(Notification.of(NotificationCode.CONNECTION_COLLISION_RESOLUTION))));
    }

    @Test
    void whereOurIdentifierIsHigherTheConnectionThatWeOpenedStays() {
        bothConnectionsAreInOpenConfirm(Peers.open(Peers.THEIRS, "9.0.0.2", 90));

        assertThat(state.connections()).containsOnlyKeys(Role.DIALLED);
    }

    @Test
    void whereIdentifiersAreEqualTheHigherAsDecides() {
        bothConnectionsAreInOpenConfirm(Peers.open(Peers.THEIRS, "10.0.0.1", 90));

        assertThat(state.connections()).containsOnlyKeys(Role.ACCEPTED);
    }

    @Test
    void identifiersAreComparedAsUnsignedNumbers() {
        bothConnectionsAreInOpenConfirm(Peers.open(Peers.THEIRS, "200.0.0.2", 90));

        assertThat(state.connections()).containsOnlyKeys(Role.ACCEPTED);
    }

    @Test
    void anEstablishedSessionIsNotGivenUpForASecondConnection() {
        take(new PeerEvent.Start());
        establish(1);
        take(new PeerEvent.Accepted());
        received(2, Peers.theirs());

        assertThat(state.session()).isEqualTo(SessionState.ESTABLISHED);
        assertThat(actions)
                .contains(new PeerAction.OnConnection(
                        2, new Action.Send(Notification.of(NotificationCode.CONNECTION_COLLISION_RESOLUTION))));
    }

    @Test
    void anAttemptToDialIsGivenUpOnceThePeersOwnConnectionIsEstablished() {
        take(new PeerEvent.Start());
        take(new PeerEvent.Accepted());
        received(2, Peers.theirs());
        received(2, new Keepalive());

        assertThat(state.connections()).containsOnlyKeys(Role.ACCEPTED);
        assertThat(actions).contains(new PeerAction.OnConnection(1, new Action.Close()));
    }

    @Test
    void aPeerThatDialsAgainHasForgottenItsFirstAttempt() {
        take(new PeerEvent.Start());
        take(new PeerEvent.Accepted());
        take(new PeerEvent.Accepted());

        assertThat(actions).contains(new PeerAction.OnConnection(2, new Action.Close()), new PeerAction.Adopt(3));
    }

    @Test
    void whatComesLateFromAConnectionThatIsGoneIsDropped() {
        take(new PeerEvent.Start());
        onConnection(1, new Event.Disconnected("refused"));
        PeerState before = state;

        received(1, Peers.theirs());

        assertThat(state).isEqualTo(before);
    }

    @Test
    void stopEndsTheSessionAndNothingDialsAnyMore() {
        take(new PeerEvent.Start());
        establish(1);

        Notification shutdown = Notification.shutdown(NotificationCode.ADMINISTRATIVE_SHUTDOWN, "drained");
        take(new PeerEvent.Stop(shutdown, "shut down"));
        take(new PeerEvent.Expired(Timer.RETRY));

        assertThat(actions)
                .contains(new PeerAction.OnConnection(1, new Action.Send(shutdown)))
                .doesNotContain(new PeerAction.Dial(2));
        assertThat(state.session()).isEqualTo(SessionState.IDLE);
    }

    @Test
    void aResetSessionComesBack() {
        take(new PeerEvent.Start());
        establish(1);
        take(new PeerEvent.Reset(Notification.of(NotificationCode.ADMINISTRATIVE_RESET), "cleared"));
        take(new PeerEvent.Expired(Timer.RETRY));

        assertThat(actions).contains(new PeerAction.Dial(2));
    }

    private void bothConnectionsAreInOpenConfirm(Open theirs) {
        take(new PeerEvent.Start());
        onConnection(1, new Event.Connected());
        take(new PeerEvent.Accepted());
        received(1, theirs);
        received(2, theirs);
    }

    private void establish(int generation) {
        onConnection(generation, new Event.Connected());
        received(generation, Peers.theirs());
        received(generation, new Keepalive());
        assertThat(state.session()).isEqualTo(SessionState.ESTABLISHED);
    }

    private Duration pauseAfterFailure() {
        onConnection(generation(), new Event.Disconnected("refused"));
        Duration pause = lastPause();
        take(new PeerEvent.Expired(Timer.RETRY));
        return pause;
    }

    private Duration lastPause() {
        return actions.stream()
                .filter(PeerAction.Arm.class::isInstance)
                .map(PeerAction.Arm.class::cast)
                .filter(arm -> arm.timer() == Timer.RETRY)
                .reduce((_, last) -> last)
                .orElseThrow()
                .time();
    }

    private int generation() {
        return state.generation();
    }

    private void received(int generation, Message message) {
        onConnection(generation, new Event.Received(message));
    }

    private void onConnection(int generation, Event event) {
        take(new PeerEvent.OnConnection(generation, event));
    }

    private void take(PeerEvent event) {
        PeerStep step = machine.step(state, event);
        state = step.state();
        actions.addAll(step.actions());
    }
}
