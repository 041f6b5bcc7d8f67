package io.berth.bgp.fsm;

import java.util.List;

/** Where an event leads, and what is to be done on the way. */
public record Step(State state, List<Action> actions) {

    public Step {
        actions = List.copyOf(actions);
    }

    static Step to(State state, Action... actions) {
        return new Step(state, List.of(actions));
    }
}
