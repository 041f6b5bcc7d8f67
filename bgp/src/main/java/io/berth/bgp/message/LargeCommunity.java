package io.berth.bgp.message;

import java.util.Comparator;

/** A large community (RFC 8092): three numbers of 32 bits each, written {@code 64512:1:2}. */
public record LargeCommunity(long globalAdministrator, long data1, long data2) implements Comparable<LargeCommunity> {

    private static final Comparator<LargeCommunity> ORDER = Comparator.comparingLong(
                    LargeCommunity::globalAdministrator)
            .thenComparingLong(LargeCommunity::data1)
            .thenComparingLong(LargeCommunity::data2);

    private static final long MAX = 0xFFFF_FFFFL;

    public LargeCommunity {
        if (!isPart(globalAdministrator) || !isPart(data1) || !isPart(data2)) {
            throw malformed(globalAdministrator + ":" + data1 + ":" + data2);
        }
    }

    private static boolean isPart(long value) {
        return value >= 0 && value <= MAX;
    }

    /** Reads {@code 64512:1:2}. */
    public static LargeCommunity parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw malformed(text);
        }
        return new LargeCommunity(part(parts[0], text), part(parts[1], text), part(parts[2], text));
    }

    private static long part(String digits, String text) {
        if (!digits.matches("[0-9]{1,10}") || !isPart(Long.parseLong(digits))) {
            throw malformed(text);
        }
        return Long.parseLong(digits);
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "large community must be N:N:N with each N 0 to 4294967295, got '" + text + "'");
    }

    @Override
    public int compareTo(LargeCommunity other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return globalAdministrator + ":" + data1 + ":" + data2;
    }
}
