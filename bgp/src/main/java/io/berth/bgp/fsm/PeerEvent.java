package io.berth.bgp.fsm;

import io.berth.bgp.message.Notification;

/** What can happen to a peer. */
public sealed interface PeerEvent {

    /** Somebody wants the session (1, 3 to 7 of RFC 4271 section 8.1). */
    record Start() implements PeerEvent {}

    /** Nobody wants it any more (2, 8). */
    record Stop(Notification notification, String detail) implements PeerEvent {}

    /** The session shall go and come back: the peer's operator or ours changed something that only an OPEN can say. */
    record Reset(Notification notification, String detail) implements PeerEvent {}

    /** A connection from the peer came in (17). */
    record Accepted() implements PeerEvent {}

    /** A timer of the peer itself ran out (9, 13). */
    record Expired(Timer timer) implements PeerEvent {}

    /** Something happened to the connection of this number. */
    record OnConnection(int generation, Event event) implements PeerEvent {}
}
