package io.berth.bgp.message;

/** Where a route comes from (RFC 4271 section 5.1.1). */
public enum Origin {
    IGP(0),
    EGP(1),
    INCOMPLETE(2);

    private final int code;

    Origin(int code) {
        this.code = code;
    }

    /** The value on the wire. */
    public int code() {
        return code;
    }
}
