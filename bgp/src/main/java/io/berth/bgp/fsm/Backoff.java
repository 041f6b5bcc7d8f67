package io.berth.bgp.fsm;

import java.time.Duration;

/**
 * How long to wait before the next attempt. It doubles with every failure and is forgotten only after a session that lasted
 * (RFC 4271 section 8.1.1, DampPeerOscillations): a peer that takes our OPEN and then refuses us is not tried in a tight loop.
 *
 * @param first the shortest pause
 * @param next the pause after the next failure
 */
public record Backoff(Duration first, Duration next) {

    /** A session that lasted this long was stable. */
    static final Duration STABLE_AFTER = Duration.ofSeconds(30);

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration SHORTEST_WHEN_PATIENT = Duration.ofSeconds(5);
    private static final Duration SHORTEST_UNTIL_MENDED = Duration.ofSeconds(30);
    private static final Duration LONGEST_WHEN_PATIENT = Duration.ofSeconds(60);

    static Backoff startingAt(Duration first) {
        return new Backoff(first, first);
    }

    /** The pause after a failure of this kind. */
    Duration pause(Cause.Courtesy courtesy) {
        return switch (courtesy) {
            case NONE -> Duration.ZERO;
            case NORMAL -> upTo(LONGEST, next);
            case PATIENT -> upTo(LONGEST_WHEN_PATIENT, longer(next, SHORTEST_WHEN_PATIENT));
            case UNTIL_MENDED -> upTo(LONGEST_WHEN_PATIENT, longer(next, SHORTEST_UNTIL_MENDED));
        };
    }

    /** No limit makes a pause shorter than the one that was asked for. */
    private Duration upTo(Duration limit, Duration pause) {
        return shorter(pause, longer(first, limit));
    }

    Backoff afterFailure() {
        return new Backoff(first, upTo(LONGEST_WHEN_PATIENT, next.multipliedBy(2)));
    }

    Backoff afterStability() {
        return startingAt(first);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
