package io.berth.bgp;

/**
 * An Autonomous System number (RFC 6793): 1 to 4294967295.
 *
 * @param value the number; 0 is reserved and never an AS (RFC 7607)
 */
public record Asn(long value) implements Comparable<Asn> {

    /** Stands in the two-octet field of OPEN and AS_PATH for a number that does not fit there (RFC 6793 section 9). */
    public static final Asn AS_TRANS = new Asn(23456);

    private static final long MAX = 0xFFFF_FFFFL;

    public Asn {
        if (value < 1 || value > MAX) {
            throw new IllegalArgumentException("AS number must be 1 to 4294967295, got " + value);
        }
    }

    /** Reads a decimal number ("asplain", RFC 5396). */
    public static Asn parse(String text) {
        try {
            return new Asn(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("AS number must be 1 to 4294967295, got '" + text + "'", e);
        }
    }

    /** Whether the number needs four octets. */
    public boolean needsFourOctets() {
        return value > 0xFFFF;
    }

    /** What stands in a two-octet field: the number itself, or {@link #AS_TRANS}. */
    public int twoOctets() {
        return (int) (needsFourOctets() ? AS_TRANS.value : value);
    }

    @Override
    public int compareTo(Asn other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
