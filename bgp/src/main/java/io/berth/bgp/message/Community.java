package io.berth.bgp.message;

import java.util.Locale;

/**
 * A community (RFC 1997).
 *
 * @param value all 32 bits, compared as an unsigned number
 */
public record Community(int value) implements Comparable<Community> {

    public static final Community GRACEFUL_SHUTDOWN = new Community(0xFFFF0000);
    public static final Community BLACKHOLE = new Community(0xFFFF029A);
    public static final Community NO_EXPORT = new Community(0xFFFFFF01);
    public static final Community NO_ADVERTISE = new Community(0xFFFFFF02);
    public static final Community NO_EXPORT_SUBCONFED = new Community(0xFFFFFF03);
    public static final Community NO_PEER = new Community(0xFFFFFF04);
    public static final Community LLGR_STALE = new Community(0xFFFF0006);
    public static final Community NO_LLGR = new Community(0xFFFF0007);

    /** The one that is written {@code high:low}, each 0 to 65535. */
    public static Community of(int high, int low) {
        if (high >>> 16 != 0 || low >>> 16 != 0) {
            throw malformed(high + ":" + low);
        }
        return new Community(high << 16 | low);
    }

    /** Reads {@code 64512:100} or a well-known name such as {@code no-export}. */
    public static Community parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "graceful-shutdown" -> GRACEFUL_SHUTDOWN;
            case "blackhole" -> BLACKHOLE;
            case "no-export" -> NO_EXPORT;
            case "no-advertise" -> NO_ADVERTISE;
            case "no-export-subconfed", "local-as" -> NO_EXPORT_SUBCONFED;
            case "no-peer", "nopeer" -> NO_PEER;
            case "llgr-stale" -> LLGR_STALE;
            case "no-llgr" -> NO_LLGR;
            default -> numeric(text);
        };
    }

    private static Community numeric(String text) {
        String[] halves = text.split(":", -1);
        if (halves.length != 2) {
            throw malformed(text);
        }
        return of(half(halves[0], text), half(halves[1], text));
    }

    private static int half(String digits, String text) {
        if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > 0xFFFF) {
            throw malformed(text);
        }
        return Integer.parseInt(digits);
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "community must be N:N with each N 0 to 65535, or a well-known name, got '" + text + "'");
    }

    @Override
    public int compareTo(Community other) {
        return Integer.compareUnsigned(value, other.value);
    }

    /** Numbers always, {@code 65535:65281}, also for well-known ones. */
    @Override
    public String toString() {
        return (value >>> 16) + ":" + (value & 0xFFFF);
    }
}
