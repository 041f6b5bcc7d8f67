package io.berth.bgp.fsm;

import io.berth.bgp.PeerConfig;
import io.berth.bgp.message.Open;

/**
 * One peer (RFC 4271 section 8): when to dial, which of two connections to keep, how long to wait after a failure.
 *
 * <p>The RFC has a state machine for each connection, and an inbound one gets its own until the collision is resolved (section
 * 6.8). So the connections are machines of their own ({@link ConnectionMachine}) and this one holds at most two of them, by who
 * opened them. It is a function of state and event: no clock, no socket.
 */
public final class PeerMachine {

    private final PeerConfig peer;
    private final ConnectionMachine connections;
    private final Collision collision;

    /**
     * @param peer how the peer is configured
     * @param open what we say of ourselves on every connection
     */
    public PeerMachine(PeerConfig peer, Open open, SendHold sendHold) {
        this.peer = peer;
        this.connections = new ConnectionMachine(peer, open, sendHold);
        this.collision = new Collision(open);
    }

    /** Where every peer begins. */
    public PeerState initial() {
        return PeerState.stopped(Backoff.startingAt(peer.transport().connectRetry()));
    }

    /** Where this event leads from this state. */
    public PeerStep step(PeerState state, PeerEvent event) {
        var turn = new PeerTurn(peer, connections, collision, state);
        turn.take(event);
        return turn.step();
    }
}
