package io.berth.bgp.codec;

import io.berth.bgp.message.Notification;
import io.berth.bgp.message.NotificationCode;

/**
 * A peer sent what ends the session. The one exception that decoding throws, whatever the octets; it carries the NOTIFICATION
 * that answers them.
 */
public final class MalformedMessage extends RuntimeException {

    private final Notification notification;

    /** Without a stack trace: a hostile peer must not make us write one for each of its messages. */
    public MalformedMessage(Notification notification, String detail) {
        super(detail, null, false, false);
        this.notification = notification;
    }

    static MalformedMessage of(NotificationCode code, String detail, byte... data) {
        return new MalformedMessage(Notification.of(code, data), detail);
    }

    public Notification notification() {
        return notification;
    }

    /** What was wrong, for the log. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
