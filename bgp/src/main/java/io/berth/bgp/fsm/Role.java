package io.berth.bgp.fsm;

/** Who opened a connection. A peer has at most one of each. */
public enum Role {
    DIALLED,
    ACCEPTED;

    Role other() {
        return this == DIALLED ? ACCEPTED : DIALLED;
    }
}
