package io.berth.bgp;

import io.berth.bgp.message.Message;
import io.berth.bgp.message.Notification;
import io.berth.bgp.message.Update;
import java.time.Duration;

/**
 * Hears what happens to peers, on the speaker's event loop: an implementation returns at once and hands on what takes longer.
 * Every method does nothing unless overridden.
 */
public interface PeerListener {

    /** Which way a message went. */
    enum Direction {
        RECEIVED,
        SENT
    }

    /** A peer changed its state; {@code reason} says why in one sentence, or is empty where there is nothing to say. */
    default void stateChanged(String peer, SessionState from, SessionState to, String reason) {}

    /** A message was received whole, or handed to TCP. */
    default void message(String peer, Direction direction, Message.Type type) {}

    /** A NOTIFICATION was received or sent. */
    default void notification(String peer, Direction direction, Notification notification) {}

    /** An UPDATE arrived; a collector keeps it, a speaker of service addresses imports nothing (RFC 8212). */
    default void updateReceived(String peer, Update update) {}

    /** Routes of this peer were handed to TCP this long after the oldest of them was set. */
    default void announced(String peer, Duration lag) {}

    /** A peer is no longer configured: whatever is kept of it can go. */
    default void removed(String peer) {}

    /** Something that a person should read: a rejected connection, an option that is not available. */
    default void notice(String text) {}
}
