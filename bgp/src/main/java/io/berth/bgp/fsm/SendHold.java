package io.berth.bgp.fsm;

import io.berth.bgp.HoldTime;
import java.time.Duration;

/**
 * How long a peer may take nothing from us (RFC 9687 section 3.2): a router that reads no more keeps routes that may be wrong by
 * now, and says with every KEEPALIVE that it is well.
 *
 * @param least the shortest time; twice the Hold Time where that is longer
 */
public record SendHold(Duration least) {

    /** What RFC 9687 suggests. */
    public static final SendHold DEFAULT = new SendHold(Duration.ofMinutes(8));

    /** For a session that has a hold timer; without one there is no such limit. */
    Duration in(HoldTime holdTime) {
        Duration twice = holdTime.duration().multipliedBy(2);
        return twice.compareTo(least) > 0 ? twice : least;
    }

    /** The kernel's limit stands behind ours, so that it is we who say why. */
    Duration behind(HoldTime holdTime) {
        return in(holdTime).multipliedBy(3).dividedBy(2);
    }
}
