package io.berth.bgp.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.bgp.Asn;
import io.berth.bgp.PeerConfig;
import io.berth.bgp.PeerConfig.Connect;
import io.berth.bgp.SessionState;
import io.berth.bgp.codec.Negotiated;
import io.berth.bgp.fsm.Action.Arm;
import io.berth.bgp.fsm.Action.Close;
import io.berth.bgp.fsm.Action.Down;
import io.berth.bgp.fsm.Action.Send;
import io.berth.bgp.fsm.State.Established;
import io.berth.bgp.fsm.State.OpenConfirm;
import io.berth.bgp.fsm.State.OpenSent;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.Keepalive;
import io.berth.bgp.message.Message;
import io.berth.bgp.message.Notification;
import io.berth.bgp.message.NotificationCode;
import io.berth.bgp.message.Octets;
import io.berth.bgp.message.Open;
import io.berth.bgp.message.RouteRefresh;
import io.berth.bgp.message.Update;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One connection, clause by clause (RFC 4271 section 8.2.2). */
class ConnectionMachineTest {

    private static final Negotiated NEGOTIATED = Negotiated.of(Peers.ours(), Peers.theirs());
    private static final State OPEN_SENT = new OpenSent(Peers.ours());
    private static final State OPEN_CONFIRM = new OpenConfirm(NEGOTIATED);
    private static final State ESTABLISHED = new Established(NEGOTIATED);

    private final ConnectionMachine machine =
            new ConnectionMachine(Peers.config(Connect.BOTH), Peers.ours(), SendHold.DEFAULT);

    @Test
    void aConnectionThatComesUpSendsOpenAndWaitsSecondsForTheAnswer() {
        Step step = machine.step(new State.Connect(), new Event.Connected());

        assertThat(step.state()).isEqualTo(OPEN_SENT);
        assertThat(step.actions())
                .contains(new Send(Peers.ours()), new Arm(Timer.OPEN, ConnectionMachine.OPEN_TIMEOUT));
        assertThat(ConnectionMachine.OPEN_TIMEOUT).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void aFittingOpenIsAnsweredWithKeepalive() {
        Step step = received(OPEN_SENT, Peers.theirs());

        assertThat(step.state()).isEqualTo(OPEN_CONFIRM);
        assertThat(step.actions())
                .contains(
                        new Send(new Keepalive()),
                        new Arm(Timer.HOLD, Duration.ofSeconds(90)),
                        new Arm(Timer.KEEPALIVE, Duration.ofSeconds(30)),
                        new Arm(Timer.SEND_HOLD, Duration.ofMinutes(8)));
    }

    @Test
    void theSmallerHoldTimeHolds() {
        Step step = received(OPEN_SENT, Peers.open(Peers.THEIRS, "10.0.0.2", 9));

        assertThat(step.actions())
                .contains(new Arm(Timer.HOLD, Duration.ofSeconds(9)), new Arm(Timer.KEEPALIVE, Duration.ofSeconds(3)));
    }

    @Test
    void keepalivesGoOutAsOftenAsIsConfigured() {
        var usual = Peers.config(Connect.BOTH);
        var local = new PeerConfig.Local(
                Peers.OURS,
                usual.local().identifier(),
                usual.local().holdTime(),
                usual.local().families(),
                Duration.ofSeconds(5));
        var often = new ConnectionMachine(
                new PeerConfig(usual.name(), usual.remote(), local, usual.peerAs(), usual.connect(), usual.transport()),
                Peers.ours(),
                SendHold.DEFAULT);
        var again = new Arm(Timer.KEEPALIVE, Duration.ofSeconds(5));

        assertThat(often.step(OPEN_SENT, new Event.Received(Peers.theirs())).actions())
                .contains(again);
        assertThat(often.step(ESTABLISHED, new Event.Expired(Timer.KEEPALIVE)).actions())
                .containsExactly(new Send(new Keepalive()), again);
    }

    @Test
    void aHoldTimeOfZeroArmsNoTimer() {
        Step step = received(OPEN_SENT, Peers.open(Peers.THEIRS, "10.0.0.2", 0));

        assertThat(step.state()).isInstanceOf(OpenConfirm.class);
        assertThat(step.actions()).noneMatch(Arm.class::isInstance).noneMatch(Action.GiveUpAfter.class::isInstance);
        assertThat(received(step.state(), new Keepalive()).actions()).noneMatch(Arm.class::isInstance);
        assertThat(machine.step(step.state(), new Event.Progressed()).actions()).isEmpty();
    }

    @Test
    void anOpenOfAnotherAsIsRefusedWithTheAsInTheData() {
        Step step = received(OPEN_SENT, Peers.open(new Asn(64599), "10.0.0.2", 90));

        assertRefused(step, Notification.of(NotificationCode.BAD_PEER_AS, (byte) 0xFC, (byte) 0x57));
    }

    @Test
    void aPeerOfOurAsWithOurIdentifierIsRefused() {
        var internal = new PeerConfig(
                "self",
                Peers.config(Connect.BOTH).remote(),
                Peers.config(Connect.BOTH).local(),
                new PeerConfig.PeerAs.Any(),
                Connect.BOTH,
                PeerConfig.Transport.DEFAULT);

        Step step = new ConnectionMachine(internal, Peers.ours(), SendHold.DEFAULT)
                .step(OPEN_SENT, new Event.Received(Peers.ours()));

        assertRefused(step, Notification.of(NotificationCode.BAD_BGP_IDENTIFIER));
    }

    @Test
    void keepaliveInOpenConfirmEstablishes() {
        Step step = received(OPEN_CONFIRM, new Keepalive());

        assertThat(step.state()).isEqualTo(ESTABLISHED);
        assertThat(step.actions()).contains(new Action.Up(NEGOTIATED), new Arm(Timer.HOLD, Duration.ofSeconds(90)));
    }

    @Test
    void updatesAndKeepalivesKeepTheSessionAlive() {
        Update update = Update.endOfRib(Family.IPV4_UNICAST);

        assertThat(received(ESTABLISHED, new Keepalive()).actions())
                .containsExactly(new Arm(Timer.HOLD, Duration.ofSeconds(90)));
        assertThat(received(ESTABLISHED, update).actions())
                .containsExactly(new Arm(Timer.HOLD, Duration.ofSeconds(90)), new Action.Deliver(update));
    }

    @Test
    void holdTimerExpiryInEstablishedSendsNotification() {
        Step step = machine.step(ESTABLISHED, new Event.Expired(Timer.HOLD));

        assertRefused(step, Notification.of(NotificationCode.HOLD_TIMER_EXPIRED));
        assertThat(sentence(step)).contains("silent for the hold time of 90 s");
    }

    @Test
    void aDeafPeerIsGivenUpAfterTheOpenTimeout() {
        Step step = machine.step(OPEN_SENT, new Event.Expired(Timer.OPEN));

        assertRefused(step, Notification.of(NotificationCode.HOLD_TIMER_EXPIRED));
        assertThat(sentence(step)).contains("sent no OPEN");
    }

    @Test
    void keepaliveTimerSendsKeepaliveAndRunsAgain() {
        for (State state : List.of(OPEN_CONFIRM, ESTABLISHED)) {
            Step step = machine.step(state, new Event.Expired(Timer.KEEPALIVE));

            assertThat(step.state()).isEqualTo(state);
            assertThat(step.actions())
                    .containsExactly(new Send(new Keepalive()), new Arm(Timer.KEEPALIVE, Duration.ofSeconds(30)));
        }
    }

    /** RFC 6608: the subcode names the state, the data the type of the message. */
    @ParameterizedTest
    @CsvSource({
        "OPEN_SENT, UPDATE, 1, 2",
        "OPEN_SENT, KEEPALIVE, 1, 4",
        "OPEN_SENT, ROUTE_REFRESH, 1, 5",
        "OPEN_CONFIRM, OPEN, 2, 1",
        "OPEN_CONFIRM, UPDATE, 2, 2",
        "OPEN_CONFIRM, ROUTE_REFRESH, 2, 5",
        "ESTABLISHED, OPEN, 3, 1"
    })
    void aMessageOutOfTurnIsAnFsmError(String state, Message.Type type, int subcode, int data) {
        Step step = received(state(state), message(type));

        assertRefused(step, new Notification(5, subcode, Octets.of((byte) data)));
    }

    @Test
    void aNotificationIsNeverAnsweredWithOne() {
        Notification cease = Notification.of(NotificationCode.ADMINISTRATIVE_RESET);
        for (State state : List.of(OPEN_SENT, OPEN_CONFIRM, ESTABLISHED)) {
            Step step = received(state, cease);

            assertThat(step.actions()).noneMatch(Send.class::isInstance).contains(new Close());
            assertThat(cause(step)).isEqualTo(new Cause.Received(cease));
        }
    }

    @Test
    void malformedOctetsAreAnsweredWithTheirNotification() {
        Notification answer = Notification.of(NotificationCode.CONNECTION_NOT_SYNCHRONIZED);
        for (State state : List.of(OPEN_SENT, OPEN_CONFIRM, ESTABLISHED)) {
            assertRefused(machine.step(state, new Event.Malformed(answer, "no marker")), answer);
        }
    }

    @Test
    void aLostConnectionIsClosedWithoutAWord() {
        for (State state : List.of(OPEN_SENT, OPEN_CONFIRM, ESTABLISHED)) {
            Step step = machine.step(state, new Event.Disconnected("reset"));

            assertThat(step.actions()).noneMatch(Send.class::isInstance);
            assertThat(cause(step)).isEqualTo(new Cause.Lost("reset"));
        }
    }

    @Test
    void nothingHappensOnceItIsClosed() {
        State closed = new State.Closed(new Cause.Lost("reset"));
        for (Event event : everyEvent()) {
            assertThat(machine.step(closed, event)).isEqualTo(Step.to(closed));
        }
    }

    @Test
    void everyEventInEveryStateLeadsToAStateThatTheTableAllows() {
        for (State state : List.of(new State.Connect(), OPEN_SENT, OPEN_CONFIRM, ESTABLISHED)) {
            for (Event event : everyEvent()) {
                Step step = machine.step(state, event);

                boolean ended = step.state() instanceof State.Closed;
                assertThat(step.actions().stream().anyMatch(Down.class::isInstance))
                        .as("%s in %s", event, state)
                        .isEqualTo(ended);
                assertThat(step.actions().stream().anyMatch(Close.class::isInstance))
                        .as("%s in %s", event, state)
                        .isEqualTo(ended);
                assertThat(step.state().session())
                        .as("%s in %s", event, state)
                        .isIn(state.session(), next(state.session()), SessionState.IDLE);
            }
        }
    }

    private static SessionState next(SessionState state) {
        return switch (state) {
            case CONNECT -> SessionState.OPEN_SENT;
            case OPEN_SENT -> SessionState.OPEN_CONFIRM;
            case OPEN_CONFIRM, ESTABLISHED -> SessionState.ESTABLISHED;
            case IDLE, ACTIVE -> SessionState.IDLE;
        };
    }

    /** RFC 9687 section 3.2: eight minutes, or two hold times. */
    @ParameterizedTest
    @CsvSource({"3, 480", "90, 480", "240, 480", "241, 482", "65535, 131070"})
    void aPeerMayTakeNothingForAsLongAsThis(int holdTime, int seconds) {
        var patient = new ConnectionMachine(
                Peers.config(Connect.BOTH), Peers.open(Peers.OURS, "10.0.0.1", 65535), SendHold.DEFAULT);
        State sent = new OpenSent(Peers.open(Peers.OURS, "10.0.0.1", 65535));

        Step step = patient.step(sent, new Event.Received(Peers.open(Peers.THEIRS, "10.0.0.2", holdTime)));

        Duration limit = Duration.ofSeconds(seconds);
        assertThat(step.actions())
                .contains(
                        new Arm(Timer.SEND_HOLD, limit),
                        new Action.GiveUpAfter(limit.multipliedBy(3).dividedBy(2)));
    }

    @Test
    void whatTcpTakesStartsTheSendHoldTimerAnew() {
        for (State state : List.of(OPEN_CONFIRM, ESTABLISHED)) {
            Step step = machine.step(state, new Event.Progressed());

            assertThat(step.state()).isEqualTo(state);
            assertThat(step.actions()).containsExactly(new Arm(Timer.SEND_HOLD, Duration.ofMinutes(8)));
        }
        assertThat(machine.step(OPEN_SENT, new Event.Progressed())).isEqualTo(Step.to(OPEN_SENT));
    }

    @Test
    void whatThePeerSaysDoesNotStartTheSendHoldTimerAnew() {
        assertThat(received(ESTABLISHED, new Keepalive()).actions())
                .filteredOn(Arm.class::isInstance)
                .containsExactly(new Arm(Timer.HOLD, Duration.ofSeconds(90)));
    }

    @Test
    void aPeerThatTakesNothingIsGivenUp() {
        for (State state : List.of(OPEN_CONFIRM, ESTABLISHED)) {
            Step step = machine.step(state, new Event.Expired(Timer.SEND_HOLD));

            assertRefused(step, Notification.of(NotificationCode.SEND_HOLD_TIMER_EXPIRED));
            assertThat(sentence(step))
                    .isEqualTo("the peer has taken nothing from us for 480 s, though it says that it is alive; "
                            + "we closed the session: Send Hold Timer Expired (8/0)");
        }
    }

    private static List<Event> everyEvent() {
        Notification notification = Notification.of(NotificationCode.CEASE);
        return List.of(
                new Event.Connected(),
                new Event.Disconnected("reset"),
                new Event.Received(Peers.theirs()),
                new Event.Received(Update.endOfRib(Family.IPV4_UNICAST)),
                new Event.Received(new Keepalive()),
                new Event.Received(notification),
                new Event.Received(RouteRefresh.of(Family.IPV4_UNICAST, RouteRefresh.Subtype.REQUEST)),
                new Event.Malformed(notification, "garbage"),
                new Event.Expired(Timer.CONNECT),
                new Event.Expired(Timer.OPEN),
                new Event.Expired(Timer.HOLD),
                new Event.Expired(Timer.KEEPALIVE),
                new Event.Expired(Timer.SEND_HOLD),
                new Event.Progressed(),
                new Event.Stop(notification, "stopped"));
    }

    private Step received(State state, Message message) {
        return machine.step(state, new Event.Received(message));
    }

    private static State state(String name) {
        return switch (name) {
            case "OPEN_SENT" -> OPEN_SENT;
            case "OPEN_CONFIRM" -> OPEN_CONFIRM;
            default -> ESTABLISHED;
        };
    }

    private static Message message(Message.Type type) {
        return switch (type) {
            case OPEN -> Peers.theirs();
            case UPDATE -> Update.endOfRib(Family.IPV4_UNICAST);
            case NOTIFICATION -> Notification.of(NotificationCode.CEASE);
            case KEEPALIVE -> new Keepalive();
            case ROUTE_REFRESH -> RouteRefresh.of(Family.IPV4_UNICAST, RouteRefresh.Subtype.REQUEST);
        };
    }

    private static void assertRefused(Step step, Notification notification) {
        assertThat(step.state()).isInstanceOf(State.Closed.class);
        assertThat(step.actions()).startsWith(new Send(notification), new Close());
    }

    private static Cause cause(Step step) {
        return ((State.Closed) step.state()).cause();
    }

    private static String sentence(Step step) {
        return cause(step).sentence();
    }

    @Test
    void anAcceptedConnectionSendsItsOpenAtOnce() {
        Open ours = Peers.ours();

        assertThat(machine.accepted().actions()).contains(new Send(ours));
    }
}
