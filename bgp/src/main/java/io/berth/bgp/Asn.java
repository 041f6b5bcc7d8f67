package io.berth.bgp;

import java.util.regex.Pattern;

/**
 * An Autonomous System number (RFC 6793): 1 to 4294967295.
 *
 * @param value the number; 0 is reserved and never an AS (RFC 7607)
 */
public record Asn(long value) implements Comparable<Asn> {

    /** Stands in the two-octet field of OPEN and AS_PATH for a number that does not fit there (RFC 6793 section 9). */
    public static final Asn AS_TRANS = new Asn(23456);

    private static final long MAX = 0xFFFF_FFFFL;

    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,10}");

    public Asn {
        if (value < 1 || value > MAX) {
            throw new IllegalArgumentException("AS number must be 1 to 4294967295, got " + value);
        }
    }

    /** Reads a decimal number ("asplain", RFC 5396). */
    public static Asn parse(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException("AS number must be 1 to 4294967295, got '" + text + "'");
        }
        return new Asn(Long.parseLong(text));
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
