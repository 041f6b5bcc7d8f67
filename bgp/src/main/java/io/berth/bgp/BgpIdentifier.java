package io.berth.bgp;

import java.net.Inet4Address;
import java.nio.ByteBuffer;

/**
 * The BGP Identifier of a speaker: any non-zero 32 bits, unique within its AS (RFC 6286), written like an IPv4 address.
 *
 * @param value the 32 bits, to be compared as an unsigned number
 */
public record BgpIdentifier(int value) implements Comparable<BgpIdentifier> {

    public BgpIdentifier {
        if (value == 0) {
            throw new IllegalArgumentException("BGP Identifier must not be 0.0.0.0");
        }
    }

    /** Reads a dotted quad such as {@code 192.0.2.1}. */
    public static BgpIdentifier parse(String text) {
        if (AddressLiteral.parse(text) instanceof Inet4Address quad) {
            return of(quad);
        }
        throw new IllegalArgumentException("BGP Identifier must be a dotted quad, got '" + text + "'");
    }

    /** The bits of an IPv4 address of the speaker, the customary choice. */
    public static BgpIdentifier of(Inet4Address address) {
        return new BgpIdentifier(ByteBuffer.wrap(address.getAddress()).getInt());
    }

    @Override
    public int compareTo(BgpIdentifier other) {
        return Integer.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return (value >>> 24) + "." + (value >>> 16 & 0xFF) + "." + (value >>> 8 & 0xFF) + "." + (value & 0xFF);
    }
}
