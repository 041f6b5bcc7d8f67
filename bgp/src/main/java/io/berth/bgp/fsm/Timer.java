package io.berth.bgp.fsm;

/** The timers of the machines (RFC 4271 section 10). Arming one that runs starts it anew. */
public enum Timer {
    /** A TCP connection takes too long to come about. */
    CONNECT,
    /** The peer takes too long to send its OPEN: a deaf router must not cost minutes. */
    OPEN,
    /** The peer has been silent for the Hold Time. */
    HOLD,
    /** It is time to say that we are alive. */
    KEEPALIVE,
    /** The peer has taken nothing from us for too long (SendHoldTimer, RFC 9687). */
    SEND_HOLD,
    /** The next attempt to connect (ConnectRetryTimer, IdleHoldTimer). */
    RETRY,
    /** The session has lasted long enough for earlier failures to be forgotten. */
    STABLE;

    /** Whether it runs for a random part, three quarters at least, of its time, so that peers do not march in step. */
    public boolean isJittered() {
        return this == KEEPALIVE || this == RETRY;
    }
}
