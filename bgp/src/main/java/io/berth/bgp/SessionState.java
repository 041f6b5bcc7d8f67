package io.berth.bgp;

/** The states of RFC 4271 section 8.2.2, in the field's spelling. */
public enum SessionState {
    IDLE("Idle"),
    CONNECT("Connect"),
    ACTIVE("Active"),
    OPEN_SENT("OpenSent"),
    OPEN_CONFIRM("OpenConfirm"),
    ESTABLISHED("Established");

    private final String label;

    SessionState(String label) {
        this.label = label;
    }

    /** "OpenSent", as routers print it. */
    @Override
    public String toString() {
        return label;
    }
}
