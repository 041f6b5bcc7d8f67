package io.berth.bgp.message;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/** Some octets that nobody changes: what the wire said where we interpret no further. */
public final class Octets {

    public static final Octets NONE = new Octets(new byte[0]);

    private final byte[] octets;

    private Octets(byte[] octets) {
        this.octets = octets;
    }

    public static Octets of(byte... octets) {
        return new Octets(octets.clone());
    }

    public int length() {
        return octets.length;
    }

    /** The octet at this index as an unsigned number. */
    public int at(int index) {
        return octets[index] & 0xFF;
    }

    public byte[] toArray() {
        return octets.clone();
    }

    /** A part of them, which must lie within. */
    public Octets slice(int from, int length) {
        Objects.checkFromIndexSize(from, length, octets.length);
        return new Octets(Arrays.copyOfRange(octets, from, from + length));
    }

    /** At most the first so many. */
    public Octets first(int length) {
        return new Octets(Arrays.copyOf(octets, Math.min(length, octets.length)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** In hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(octets);
    }
}
