package io.berth.bgp.fsm;

import io.berth.bgp.SessionState;
import io.berth.bgp.message.Notification;
import java.time.Duration;

/** What the shell shall do for a peer, in this order. */
public sealed interface PeerAction {

    /** Opens a TCP connection and calls it by this number. */
    record Dial(int generation) implements PeerAction {}

    /** Calls the connection that just came in by this number. */
    record Adopt(int generation) implements PeerAction {}

    /** Says this on the connection that just came in, and closes it. */
    record Reject(Notification notification) implements PeerAction {}

    /** Does this for the connection of this number. */
    record OnConnection(int generation, Action action) implements PeerAction {}

    record Arm(Timer timer, Duration time) implements PeerAction {}

    record Disarm(Timer timer) implements PeerAction {}

    /** Tells whoever listens. */
    record StateChanged(SessionState from, SessionState to, String reason) implements PeerAction {}
}
