package io.berth.bgp.fsm;

import io.berth.bgp.message.Message;
import io.berth.bgp.message.Notification;

/** What can happen to one connection. The numbers are those of RFC 4271 section 8.1. */
public sealed interface Event {

    /** The TCP connection that was dialled is up (16). */
    record Connected() implements Event {}

    /** There is no TCP connection, or no longer (18). */
    record Disconnected(String detail) implements Event {}

    /** A well-formed message (19, 24 to 27). */
    record Received(Message message) implements Event {}

    /** Octets that are no message, or a message that must end the session (21, 22, 28). */
    record Malformed(Notification answer, String detail) implements Event {}

    /** TCP has taken octets that had waited here, so the peer makes room for them. */
    record Progressed() implements Event {}

    /** A timer ran out (10, 11, 29, and the time-outs for the connection and for the OPEN). */
    record Expired(Timer timer) implements Event {}

    /** Somebody here wants it ended, with this NOTIFICATION where an OPEN has been sent (2, 8, 23). */
    record Stop(Notification notification, String detail) implements Event {}
}
