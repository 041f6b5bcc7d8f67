package io.berth.bgp.fsm;

import java.util.List;

/** Where an event leads a peer, and what is to be done on the way. */
public record PeerStep(PeerState state, List<PeerAction> actions) {

    public PeerStep {
        actions = List.copyOf(actions);
    }
}
