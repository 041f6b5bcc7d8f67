package io.berth.bgp;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * IP addresses as text: one strict form to read, one canonical form to print. The JDK alone takes {@code 10.1} for 10.0.0.1 and
 * prints IPv6 without compressing it.
 */
public final class AddressLiteral {

    private static final int GROUPS = 8;

    private AddressLiteral() {}

    /**
     * Reads a dotted quad or an IPv6 address, without zone and without brackets; names are never looked up.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static InetAddress parse(String text) {
        InetAddress address = literal(text);
        // An IPv4-mapped address is IPv4 to the JDK; we would announce something else than was written.
        boolean exact = address instanceof Inet6Address
                ? !text.startsWith("[") && text.indexOf('%') < 0
                : address.getHostAddress().equals(text);
        if (!exact) {
            throw malformed(text);
        }
        return address;
    }

    private static InetAddress literal(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw malformed(text);
        }
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException("not an IP address: '" + text + "'");
    }

    /** The canonical text: a dotted quad, or IPv6 by RFC 5952 (lower case, the longest run of zeros left out). No zone. */
    public static String of(InetAddress address) {
        return address instanceof Inet4Address ? address.getHostAddress() : compressed(groups(address.getAddress()));
    }

    private static int[] groups(byte[] octets) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (octets[2 * i] & 0xFF) << 8 | octets[2 * i + 1] & 0xFF;
        }
        return groups;
    }

    private static String compressed(int[] groups) {
        int gap = 0;
        int gapLength = 1; // a single group of zeros is not left out (RFC 5952 section 4.2.2)
        for (int from = 0; from < GROUPS; from++) {
            int length = zerosFrom(groups, from);
            if (length > gapLength) {
                gap = from;
                gapLength = length;
            }
        }
        return gapLength == 1
                ? joined(groups, 0, GROUPS)
                : joined(groups, 0, gap) + "::" + joined(groups, gap + gapLength, GROUPS);
    }

    private static int zerosFrom(int[] groups, int from) {
        int to = from;
        while (to < GROUPS && groups[to] == 0) {
            to++;
        }
        return to - from;
    }

    private static String joined(int[] groups, int from, int to) {
        var text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
