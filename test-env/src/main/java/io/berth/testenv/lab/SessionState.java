package io.berth.testenv.lab;

/** How far a router says that it has come with a neighbour: the states of RFC 4271 section 8.2.2. */
public enum SessionState {
    IDLE,
    CONNECT,
    ACTIVE,
    OPEN_SENT,
    OPEN_CONFIRM,
    ESTABLISHED
}
