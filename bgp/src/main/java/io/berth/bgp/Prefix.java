package io.berth.bgp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;

/**
 * An IPv4 or IPv6 prefix without host bits.
 *
 * @param address the first address of the prefix
 * @param length in bits: 0 to 32, or 0 to 128
 */
public record Prefix(InetAddress address, int length) implements Comparable<Prefix> {

    private static final Comparator<Prefix> ORDER = Comparator.comparingInt(
                    (Prefix prefix) -> prefix.address.getAddress().length)
            .thenComparing(prefix -> prefix.address.getAddress(), Arrays::compareUnsigned)
            .thenComparingInt(Prefix::length);

    public Prefix {
        byte[] octets = address.getAddress();
        if (length < 0 || length > octets.length * 8) {
            throw new IllegalArgumentException("prefix length of " + address.getHostAddress() + " must be 0 to "
                    + octets.length * 8 + ", got " + length);
        }
        if (!Arrays.equals(octets, masked(octets, length))) {
            throw new IllegalArgumentException(
                    "prefix " + address.getHostAddress() + "/" + length + " has bits set beyond its length");
        }
    }

    /** The prefix of this length that contains the address: host bits are cleared. */
    public static Prefix containing(InetAddress address, int length) {
        int bits = address.getAddress().length * 8;
        if (length < 0 || length > bits) {
            throw new IllegalArgumentException(
                    "prefix length of " + address.getHostAddress() + " must be 0 to " + bits + ", got " + length);
        }
        return new Prefix(addressOf(masked(address.getAddress(), length)), length);
    }

    /** The /32 or /128 of one address. */
    public static Prefix host(InetAddress address) {
        return new Prefix(address, address.getAddress().length * 8);
    }

    /** Reads {@code 203.0.113.7/32} or {@code 2001:db8::/64}; host bits are an error. */
    public static Prefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("prefix must be ADDRESS/LENGTH, got '" + text + "'");
        }
        try {
            return new Prefix(
                    InetAddress.ofLiteral(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("prefix must be ADDRESS/LENGTH, got '" + text + "'", e);
        }
    }

    public boolean isIpv4() {
        return address instanceof Inet4Address;
    }

    @Override
    public int compareTo(Prefix other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + length;
    }

    private static byte[] masked(byte[] octets, int length) {
        byte[] masked = octets.clone();
        for (int i = 0; i < masked.length; i++) {
            int bits = Math.clamp(length - i * 8L, 0, 8);
            masked[i] &= (byte) (0xFF00 >> bits);
        }
        return masked;
    }

    private static InetAddress addressOf(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + octets.length + " octets", e);
        }
    }
}
