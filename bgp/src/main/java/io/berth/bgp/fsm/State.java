package io.berth.bgp.fsm;

import io.berth.bgp.SessionState;
import io.berth.bgp.codec.Negotiated;
import io.berth.bgp.message.Open;

/** The states of one connection; each holds what is known in it and nothing else. */
public sealed interface State {

    /** TCP is being connected. */
    record Connect() implements State {}

    /** Our OPEN is out. */
    record OpenSent(Open sent) implements State {}

    /** Both OPENs are there, the peer's KEEPALIVE is not. */
    record OpenConfirm(Negotiated negotiated) implements State {}

    /** Routes may flow. */
    record Established(Negotiated negotiated) implements State {}

    /** It is over. */
    record Closed(Cause cause) implements State {}

    /** The name in RFC 4271; a connection that is over counts as Idle. */
    default SessionState session() {
        return switch (this) {
            case Connect _ -> SessionState.CONNECT;
            case OpenSent _ -> SessionState.OPEN_SENT;
            case OpenConfirm _ -> SessionState.OPEN_CONFIRM;
            case Established _ -> SessionState.ESTABLISHED;
            case Closed _ -> SessionState.IDLE;
        };
    }
}
