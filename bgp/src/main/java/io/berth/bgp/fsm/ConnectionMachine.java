package io.berth.bgp.fsm;

import io.berth.bgp.HoldTime;
import io.berth.bgp.PeerConfig;
import io.berth.bgp.codec.Negotiated;
import io.berth.bgp.fsm.Action.Arm;
import io.berth.bgp.fsm.Action.Close;
import io.berth.bgp.fsm.Action.Deliver;
import io.berth.bgp.fsm.Action.Disarm;
import io.berth.bgp.fsm.Action.Down;
import io.berth.bgp.fsm.Action.GiveUpAfter;
import io.berth.bgp.fsm.Action.Opened;
import io.berth.bgp.fsm.Action.Refresh;
import io.berth.bgp.fsm.Action.Send;
import io.berth.bgp.fsm.Action.Up;
import io.berth.bgp.fsm.State.Closed;
import io.berth.bgp.fsm.State.Connect;
import io.berth.bgp.fsm.State.Established;
import io.berth.bgp.fsm.State.OpenConfirm;
import io.berth.bgp.fsm.State.OpenSent;
import io.berth.bgp.message.Keepalive;
import io.berth.bgp.message.Message;
import io.berth.bgp.message.Notification;
import io.berth.bgp.message.NotificationCode;
import io.berth.bgp.message.Open;
import io.berth.bgp.message.RouteRefresh;
import io.berth.bgp.message.Update;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One connection from TCP to Established (RFC 4271 section 8.2.2). It knows neither retries nor other connections: those are
 * the peer's ({@link PeerMachine}), and with them the RFC's Idle and Active.
 *
 * <pre>
 *               Connected  OPEN           KEEPALIVE    UPDATE  NOTIFICATION  Malformed  HOLD/OPEN  SEND_HOLD  Stop
 *  Connect      OpenSent   -              -            -       -             -          Closed     -          Closed
 *  OpenSent     -          OpenConfirm *  5/1          5/1     Closed        its code   4/0        -          its code
 *  OpenConfirm  -          5/2            Established  5/2     Closed        its code   4/0        8/0        its code
 *  Established  -          5/3            stays        stays   Closed        its code   4/0        8/0        its code
 *  Closed       -          -              -            -       -             -          -          -          -
 * </pre>
 *
 * A pair of numbers stands for: send that NOTIFICATION, close, Closed. A NOTIFICATION is never answered with one. Disconnected
 * closes from every state. * unless the OPEN is refused.
 */
public final class ConnectionMachine {

    /** The RFC allows 4 minutes; a router that is deaf, or is no router, should not cost that. */
    static final Duration OPEN_TIMEOUT = Duration.ofSeconds(10);

    /** The kernel would try for more than two minutes. */
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final PeerConfig peer;
    private final Open open;
    private final SendHold sendHold;

    /**
     * @param peer who is expected at the other end
     * @param open what we say of ourselves
     */
    public ConnectionMachine(PeerConfig peer, Open open, SendHold sendHold) {
        this.peer = peer;
        this.open = open;
        this.sendHold = sendHold;
    }

    /** A connection that is being dialled. */
    Step dialling() {
        return Step.to(new Connect(), new Arm(Timer.CONNECT, CONNECT_TIMEOUT));
    }

    /** A connection that was accepted. */
    Step accepted() {
        return Step.to(new OpenSent(open), new Send(open), new Arm(Timer.OPEN, OPEN_TIMEOUT));
    }

    /** Where this event leads from this state. */
    public Step step(State state, Event event) {
        return switch (state) {
            case Connect connect -> connect(connect, event);
            case OpenSent openSent -> openSent(openSent, event);
            case OpenConfirm openConfirm -> openConfirm(openConfirm, event);
            case Established established -> established(established, event);
            case Closed closed -> Step.to(closed);
        };
    }

    private Step connect(Connect state, Event event) {
        return switch (event) {
            case Event.Connected _ ->
                Step.to(
                        new OpenSent(open),
                        new Disarm(Timer.CONNECT),
                        new Send(open),
                        new Arm(Timer.OPEN, OPEN_TIMEOUT));
            case Event.Disconnected(String detail) -> closed(new Cause.NotConnected(detail));
            case Event.Expired _ ->
                closed(new Cause.NotConnected(
                        "no answer within " + CONNECT_TIMEOUT.toSeconds() + " s (filtered, or a wrong password)"));
            case Event.Stop(Notification notification, String detail) -> closed(new Cause.Sent(notification, detail));
            case Event.Received _, Event.Malformed _, Event.Progressed _ -> Step.to(state);
        };
    }

    private Step openSent(OpenSent state, Event event) {
        return switch (event) {
            case Event.Received(Open received) -> judged(state, received);
            case Event.Received(Notification notification) -> closed(new Cause.Received(notification));
            case Event.Received(Message message) ->
                unexpected(NotificationCode.UNEXPECTED_MESSAGE_IN_OPEN_SENT, message);
            case Event.Expired(Timer timer)
            when timer == Timer.OPEN ->
                refused(
                        Notification.of(NotificationCode.HOLD_TIMER_EXPIRED),
                        "the peer accepted the connection but sent no OPEN within " + OPEN_TIMEOUT.toSeconds() + " s");
            default -> common(state, event);
        };
    }

    private Step openConfirm(OpenConfirm state, Event event) {
        return switch (event) {
            case Event.Received(Keepalive _) -> {
                List<Action> actions = new ArrayList<>();
                actions.add(new Up(state.negotiated()));
                actions.addAll(holdAgain(state.negotiated()));
                yield new Step(new Established(state.negotiated()), actions);
            }
            case Event.Received(Notification notification) -> closed(new Cause.Received(notification));
            case Event.Received(Message message) ->
                unexpected(NotificationCode.UNEXPECTED_MESSAGE_IN_OPEN_CONFIRM, message);
            case Event.Expired(Timer timer) when timer == Timer.KEEPALIVE -> alive(state, state.negotiated());
            case Event.Expired(Timer timer) when timer == Timer.HOLD -> silent(state.negotiated());
            case Event.Expired(Timer timer) when timer == Timer.SEND_HOLD -> stuck(state.negotiated());
            case Event.Progressed _ -> new Step(state, sendHoldAgain(state.negotiated()));
            default -> common(state, event);
        };
    }

    private Step established(Established state, Event event) {
        return switch (event) {
            case Event.Received(Keepalive _) -> new Step(state, holdAgain(state.negotiated()));
            case Event.Received(Update update) -> heard(state, new Deliver(update));
            case Event.Received(RouteRefresh refresh) -> heard(state, new Refresh(refresh));
            case Event.Received(Notification notification) -> closed(new Cause.Received(notification));
            case Event.Received(Open message) ->
                unexpected(NotificationCode.UNEXPECTED_MESSAGE_IN_ESTABLISHED, message);
            case Event.Expired(Timer timer) when timer == Timer.KEEPALIVE -> alive(state, state.negotiated());
            case Event.Expired(Timer timer) when timer == Timer.HOLD -> silent(state.negotiated());
            case Event.Expired(Timer timer) when timer == Timer.SEND_HOLD -> stuck(state.negotiated());
            case Event.Progressed _ -> new Step(state, sendHoldAgain(state.negotiated()));
            default -> common(state, event);
        };
    }

    /** What is the same wherever our OPEN has been sent; the rest is the RFC's "any other event" and changes nothing. */
    private static Step common(State state, Event event) {
        return switch (event) {
            case Event.Disconnected(String detail) -> closed(new Cause.Lost(detail));
            case Event.Malformed(Notification answer, String detail) -> refused(answer, detail);
            case Event.Stop(Notification notification, String detail) -> refused(notification, detail);
            default -> Step.to(state);
        };
    }

    /** RFC 4271 section 6.2: who the peer says it is must be whom we expect. */
    private Step judged(OpenSent state, Open received) {
        if (!peer.peerAs().admits(received.as())) {
            return refused(
                    Notification.of(
                            NotificationCode.BAD_PEER_AS, (byte) (received.as().twoOctets() >> 8), (byte)
                                    received.as().twoOctets()),
                    "the peer says it is AS " + received.as() + ", configured is " + expectedAs());
        }
        if (received.as().equals(open.as()) && received.identifier().equals(open.identifier())) {
            return refused(
                    Notification.of(NotificationCode.BAD_BGP_IDENTIFIER),
                    "the peer has our own BGP Identifier " + received.identifier());
        }
        Negotiated negotiated = Negotiated.of(state.sent(), received);
        List<Action> actions = new ArrayList<>();
        actions.add(new Disarm(Timer.OPEN));
        actions.add(new Send(new Keepalive()));
        actions.addAll(holdAgain(negotiated));
        if (negotiated.holdTime().isOn()) {
            actions.add(keepaliveAgain(negotiated));
            actions.add(new GiveUpAfter(sendHold.behind(negotiated.holdTime())));
        }
        actions.addAll(sendHoldAgain(negotiated));
        actions.add(new Opened(received, negotiated));
        return new Step(new OpenConfirm(negotiated), actions);
    }

    private String expectedAs() {
        return switch (peer.peerAs()) {
            case PeerConfig.PeerAs.Exactly exactly -> "AS " + exactly.as();
            case PeerConfig.PeerAs.Any _ -> "any AS";
        };
    }

    private static Step heard(Established state, Action action) {
        List<Action> actions = new ArrayList<>(holdAgain(state.negotiated()));
        actions.add(action);
        return new Step(state, actions);
    }

    private Step alive(State state, Negotiated negotiated) {
        return Step.to(state, new Send(new Keepalive()), keepaliveAgain(negotiated));
    }

    private Arm keepaliveAgain(Negotiated negotiated) {
        return new Arm(
                Timer.KEEPALIVE,
                negotiated.holdTime().keepaliveInterval(peer.local().keepalive()));
    }

    private static Step silent(Negotiated negotiated) {
        HoldTime holdTime = negotiated.holdTime();
        return refused(
                Notification.of(NotificationCode.HOLD_TIMER_EXPIRED),
                "the peer was silent for the hold time of " + holdTime.seconds() + " s");
    }

    private static List<Action> holdAgain(Negotiated negotiated) {
        return negotiated.holdTime().isOn()
                ? List.of(new Arm(Timer.HOLD, negotiated.holdTime().duration()))
                : List.of();
    }

    private List<Action> sendHoldAgain(Negotiated negotiated) {
        return negotiated.holdTime().isOn()
                ? List.of(new Arm(Timer.SEND_HOLD, sendHold.in(negotiated.holdTime())))
                : List.of();
    }

    /** The NOTIFICATION leaves only if the peer reads again within a moment. */
    private Step stuck(Negotiated negotiated) {
        var cause = new Cause.Stuck(sendHold.in(negotiated.holdTime()));
        Notification last = Notification.of(NotificationCode.SEND_HOLD_TIMER_EXPIRED);
        return Step.to(new Closed(cause), new Send(last), new Close(), new Down(cause));
    }

    /** RFC 6608: the data is the type of the message that nobody expected. */
    private static Step unexpected(NotificationCode code, Message message) {
        return refused(
                Notification.of(code, (byte) message.type().code()),
                "the peer sent " + message.type() + " out of turn");
    }

    private static Step refused(Notification notification, String detail) {
        var cause = new Cause.Sent(notification, detail);
        return Step.to(new Closed(cause), new Send(notification), new Close(), new Down(cause));
    }

    private static Step closed(Cause cause) {
        return Step.to(new Closed(cause), new Close(), new Down(cause));
    }
}
