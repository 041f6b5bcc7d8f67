package io.berth.bgp.fsm;

import io.berth.bgp.message.Notification;
import io.berth.bgp.message.NotificationCode;
import java.time.Duration;

/** Why a connection ended, in terms that a network engineer can act upon. */
public sealed interface Cause {

    /** We ended it with this NOTIFICATION. */
    record Sent(Notification notification, String detail) implements Cause {}

    /** The peer ended it with this NOTIFICATION. */
    record Received(Notification notification) implements Cause {}

    /** No connection came about. */
    record NotConnected(String detail) implements Cause {}

    /** The connection was closed or reset without a word. */
    record Lost(String detail) implements Cause {}

    /** The peer has taken nothing from us for so long; the NOTIFICATION that we sent waits behind what it does not take. */
    record Stuck(Duration time) implements Cause {}

    /** Nobody needs it: the peer has a better one. */
    record Redundant() implements Cause {}

    /** One sentence. */
    default String sentence() {
        return switch (this) {
            case Sent sent ->
                sent.detail.isEmpty()
                        ? "we closed the session: " + sent.notification.describe()
                        : sent.detail + "; we sent " + sent.notification.describe();
            case Received received -> "the peer closed the session: " + received.notification.describe();
            case NotConnected failed -> "no TCP connection: " + failed.detail;
            case Lost lost -> "the TCP connection was lost: " + lost.detail;
            case Stuck stuck ->
                "the peer has taken nothing from us for " + stuck.time.toSeconds()
                        + " s, though it says that it is alive; we closed the session: "
                        + Notification.of(NotificationCode.SEND_HOLD_TIMER_EXPIRED)
                                .describe();
            case Redundant _ -> "another connection with the peer was kept";
        };
    }

    /** How soon another attempt is welcome. */
    default Courtesy courtesy() {
        return switch (this) {
            case Sent sent ->
                sent.notification.code() == NotificationCode.OPEN_MESSAGE_ERROR.code()
                        ? Courtesy.PATIENT
                        : Courtesy.NORMAL;
            case Received received -> courtesy(received.notification);
            case NotConnected _, Lost _, Stuck _ -> Courtesy.NORMAL;
            case Redundant _ -> Courtesy.NONE;
        };
    }

    /** What an attempt is worth after a failure. */
    enum Courtesy {
        /** Nothing failed. */
        NONE,
        NORMAL,
        /** It does not mend itself within a second: a configuration, or a router that cannot serve us now. */
        PATIENT,
        /** Somebody has decided it, and somebody has to decide otherwise. */
        UNTIL_MENDED
    }

    private static Courtesy courtesy(Notification notification) {
        boolean decided = notification.is(NotificationCode.MAXIMUM_NUMBER_OF_PREFIXES_REACHED)
                || notification.is(NotificationCode.ADMINISTRATIVE_SHUTDOWN)
                || notification.is(NotificationCode.PEER_DECONFIGURED);
        if (decided) {
            return Courtesy.UNTIL_MENDED;
        }
        boolean lasting = notification.code() == NotificationCode.OPEN_MESSAGE_ERROR.code()
                || notification.is(NotificationCode.CONNECTION_REJECTED)
                || notification.is(NotificationCode.OUT_OF_RESOURCES);
        return lasting ? Courtesy.PATIENT : Courtesy.NORMAL;
    }
}
