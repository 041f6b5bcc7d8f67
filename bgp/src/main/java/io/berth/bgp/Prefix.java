package io.berth.bgp;

import io.berth.bgp.message.Family;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * An IPv4 or IPv6 prefix without host bits.
 *
 * @param address the first address of the prefix
 * @param length in bits: 0 to 32, or 0 to 128
 */
public record Prefix(InetAddress address, int length) implements Comparable<Prefix> {

    private static final Pattern LENGTH = Pattern.compile("0|[1-9][0-9]{0,2}");

    private static final Comparator<Prefix> ORDER = Comparator.comparingInt(
                    (Prefix prefix) -> prefix.address.getAddress().length)
            .thenComparing(prefix -> prefix.address.getAddress(), Arrays::compareUnsigned)
            .thenComparingInt(Prefix::length);

    public Prefix {
        checkLength(address, length);
        if (!Arrays.equals(address.getAddress(), masked(address.getAddress(), length))) {
            throw new IllegalArgumentException(
                    "prefix " + AddressLiteral.of(address) + "/" + length + " has bits set beyond its length");
        }
    }

    /** The prefix of this length that contains the address: host bits are cleared. */
    public static Prefix containing(InetAddress address, int length) {
        checkLength(address, length);
        return new Prefix(Family.of(address).address(masked(address.getAddress(), length)), length);
    }

    /** The /32 or /128 of one address. */
    public static Prefix host(InetAddress address) {
        return new Prefix(address, Family.of(address).maxPrefixLength());
    }

    /** Reads {@code 203.0.113.7/32} or {@code 2001:db8::/64}; host bits are an error. */
    public static Prefix parse(String text) {
        int slash = text.indexOf('/');
        String length = text.substring(slash + 1);
        if (slash < 0 || !LENGTH.matcher(length).matches()) {
            throw new IllegalArgumentException("prefix must be ADDRESS/LENGTH, got '" + text + "'");
        }
        return new Prefix(AddressLiteral.parse(text.substring(0, slash)), Integer.parseInt(length));
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
        return AddressLiteral.of(address) + "/" + length;
    }

    private static void checkLength(InetAddress address, int length) {
        int longest = Family.of(address).maxPrefixLength();
        if (length < 0 || length > longest) {
            throw new IllegalArgumentException(
                    "prefix length of " + AddressLiteral.of(address) + " must be 0 to " + longest + ", got " + length);
        }
    }

    private static byte[] masked(byte[] octets, int length) {
        byte[] masked = octets.clone();
        for (int i = 0; i < masked.length; i++) {
            int bits = Math.clamp(length - i * 8L, 0, 8);
            masked[i] &= (byte) (0xFF00 >> bits);
        }
        return masked;
    }
}
