package io.berth.bgp.message;

import java.util.Locale;

/** Where a route comes from (RFC 4271 section 5.1.1). */
public enum Origin {
    IGP(0),
    EGP(1),
    INCOMPLETE(2);

    private final int code;

    Origin(int code) {
        this.code = code;
    }

    /** Reads {@code igp}, {@code egp} or {@code incomplete}. */
    public static Origin parse(String text) {
        for (Origin origin : values()) {
            if (origin.toString().equals(text)) {
                return origin;
            }
        }
        throw new IllegalArgumentException("origin must be igp, egp or incomplete, got '" + text + "'");
    }

    /** The value on the wire. */
    public int code() {
        return code;
    }

    /** "igp", as routers print it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
