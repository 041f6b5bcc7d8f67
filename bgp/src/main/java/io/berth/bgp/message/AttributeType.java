package io.berth.bgp.message;

/**
 * A row for each path attribute: its type code, the flags that its definition demands, and what RFC 7606 makes of one that is
 * malformed.
 */
public enum AttributeType {
    ORIGIN(1, Flags.WELL_KNOWN, Treatment.TREAT_AS_WITHDRAW),
    AS_PATH(2, Flags.WELL_KNOWN, Treatment.TREAT_AS_WITHDRAW),
    NEXT_HOP(3, Flags.WELL_KNOWN, Treatment.TREAT_AS_WITHDRAW),
    MULTI_EXIT_DISC(4, Flags.OPTIONAL, Treatment.TREAT_AS_WITHDRAW),
    LOCAL_PREF(5, Flags.WELL_KNOWN, Treatment.TREAT_AS_WITHDRAW),
    ATOMIC_AGGREGATE(6, Flags.WELL_KNOWN, Treatment.DISCARD),
    AGGREGATOR(7, Flags.OPTIONAL_TRANSITIVE, Treatment.DISCARD),
    COMMUNITIES(8, Flags.OPTIONAL_TRANSITIVE, Treatment.TREAT_AS_WITHDRAW),
    ORIGINATOR_ID(9, Flags.OPTIONAL, Treatment.TREAT_AS_WITHDRAW),
    CLUSTER_LIST(10, Flags.OPTIONAL, Treatment.TREAT_AS_WITHDRAW),
    MP_REACH_NLRI(14, Flags.OPTIONAL, Treatment.RESET),
    MP_UNREACH_NLRI(15, Flags.OPTIONAL, Treatment.RESET),
    EXTENDED_COMMUNITIES(16, Flags.OPTIONAL_TRANSITIVE, Treatment.TREAT_AS_WITHDRAW),
    AS4_PATH(17, Flags.OPTIONAL_TRANSITIVE, Treatment.DISCARD),
    AS4_AGGREGATOR(18, Flags.OPTIONAL_TRANSITIVE, Treatment.DISCARD),
    LARGE_COMMUNITIES(32, Flags.OPTIONAL_TRANSITIVE, Treatment.TREAT_AS_WITHDRAW);

    /** What becomes of an UPDATE in which the attribute is malformed (RFC 7606 section 2), from mild to severe. */
    public enum Treatment {
        /** The attribute is dropped, the route stays. */
        DISCARD,
        /** The routes of the UPDATE count as withdrawn, the session stays. */
        TREAT_AS_WITHDRAW,
        /** The session ends with a NOTIFICATION. */
        RESET
    }

    /** The high bits of the flags octet (RFC 4271 section 4.3); the low four are ignored on receipt. */
    public static final class Flags {
        public static final int OPTIONAL_BIT = 0x80;
        public static final int TRANSITIVE_BIT = 0x40;
        public static final int PARTIAL_BIT = 0x20;
        public static final int EXTENDED_LENGTH_BIT = 0x10;

        private static final int WELL_KNOWN = TRANSITIVE_BIT;
        private static final int OPTIONAL = OPTIONAL_BIT;
        private static final int OPTIONAL_TRANSITIVE = OPTIONAL_BIT | TRANSITIVE_BIT;

        private Flags() {}
    }

    private static final AttributeType[] BY_CODE = new AttributeType[256];

    static {
        for (AttributeType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;
    private final int flags;
    private final Treatment treatment;

    AttributeType(int code, int flags, Treatment treatment) {
        this.code = code;
        this.flags = flags;
        this.treatment = treatment;
    }

    /** Whether this code (0 to 255) has a row. */
    public static boolean isKnown(int code) {
        return BY_CODE[code] != null;
    }

    /** The row of a code for which {@link #isKnown} holds. */
    public static AttributeType of(int code) {
        AttributeType type = BY_CODE[code];
        if (type == null) {
            throw new IllegalArgumentException("no path attribute has type code " + code);
        }
        return type;
    }

    public int code() {
        return code;
    }

    /** The Optional and Transitive bits as they must be. */
    public int flags() {
        return flags;
    }

    public Treatment treatment() {
        return treatment;
    }

    /** Whether these received flags agree with the definition: only Optional and Transitive count (RFC 7606 section 3.c). */
    public boolean allows(int receivedFlags) {
        return (receivedFlags & (Flags.OPTIONAL_BIT | Flags.TRANSITIVE_BIT)) == flags;
    }
}
