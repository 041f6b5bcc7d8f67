package io.berth.bgp;

import java.time.Duration;

/**
 * The Hold Time that a speaker proposes in its OPEN (RFC 4271 section 4.2).
 *
 * @param seconds 0, which switches keepalives and the hold timer off, or 3 to 65535
 */
public record HoldTime(int seconds) {

    /** What RFC 4271 section 10 suggests. */
    public static final HoldTime DEFAULT = new HoldTime(90);

    public HoldTime {
        if (!isAcceptable(seconds)) {
            throw new IllegalArgumentException("hold time must be 0 or 3 to 65535 seconds, got " + seconds);
        }
    }

    /** Whether a peer may propose this many seconds: 1 and 2 are refused with 2/6 (RFC 4271 section 6.2). */
    public static boolean isAcceptable(int seconds) {
        return seconds == 0 || seconds >= 3 && seconds <= 0xFFFF;
    }

    /** What a session runs with: the smaller of both proposals (RFC 4271 section 4.2). */
    public HoldTime negotiatedWith(HoldTime other) {
        return seconds <= other.seconds ? this : other;
    }

    /** Whether the session has a hold timer at all. */
    public boolean isOn() {
        return seconds > 0;
    }

    /** After this long without a message the peer is dead. */
    public Duration duration() {
        return Duration.ofSeconds(seconds);
    }

    /** A third of the Hold Time, and never more often than once a second (RFC 4271 section 4.4). */
    public Duration keepaliveInterval() {
        return Duration.ofMillis(Math.max(1000, seconds * 1000L / 3));
    }

    /** The same for a speaker that wants to be heard this often; a wish for less than that changes nothing. */
    public Duration keepaliveInterval(Duration wished) {
        Duration least = Duration.ofSeconds(1);
        Duration third = keepaliveInterval();
        if (wished.compareTo(third) >= 0) {
            return third;
        }
        return wished.compareTo(least) > 0 ? wished : least;
    }

    @Override
    public String toString() {
        return seconds + "s";
    }
}
