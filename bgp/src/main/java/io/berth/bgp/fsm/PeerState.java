package io.berth.bgp.fsm;

import io.berth.bgp.SessionState;
import io.berth.bgp.codec.Negotiated;
import io.berth.bgp.message.Open;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a peer: whether it is wanted, its connections by who opened them, and how patient it has made us.
 *
 * @param generation how many connections there have been; each carries its number, so that what arrives late from one that is
 *     gone is recognised
 */
public record PeerState(
        Wanted wanted, Map<Role, Connection> connections, Backoff backoff, int generation, String reason) {

    /** Whether there should be a session (RFC 4271 section 8.1.2: Start and Stop). */
    public enum Wanted {
        STARTED,
        STOPPED
    }

    /** One connection of the peer. The peer's OPEN is there once it has come. */
    public record Connection(int generation, State state, Optional<Open> received) {}

    public PeerState {
        Map<Role, Connection> copy = new EnumMap<>(Role.class);
        copy.putAll(connections);
        connections = Collections.unmodifiableMap(copy);
    }

    /** A peer of which nothing has been asked yet. */
    static PeerState stopped(Backoff backoff) {
        return new PeerState(Wanted.STOPPED, Map.of(), backoff, 0, "not started");
    }

    Optional<Connection> connection(Role role) {
        return Optional.ofNullable(connections.get(role));
    }

    /** The session that carries routes, where there is one. */
    public Optional<Negotiated> established() {
        return connections.values().stream()
                .filter(connection -> connection.state() instanceof State.Established)
                .map(connection -> ((State.Established) connection.state()).negotiated())
                .findFirst();
    }

    /** The furthest that any connection has come; Active while we wait to dial or to be dialled, Idle when stopped. */
    public SessionState session() {
        SessionState resting = wanted == Wanted.STARTED ? SessionState.ACTIVE : SessionState.IDLE;
        return connections.values().stream()
                .map(connection -> connection.state().session())
                .filter(state -> state != SessionState.IDLE)
                .max(Comparator.comparingInt(PeerState::progress))
                .orElse(resting);
    }

    private static int progress(SessionState state) {
        return switch (state) {
            case IDLE, ACTIVE -> 0;
            case CONNECT -> 1;
            case OPEN_SENT -> 2;
            case OPEN_CONFIRM -> 3;
            case ESTABLISHED -> 4;
        };
    }
}
