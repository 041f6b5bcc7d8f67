package io.berth.allocator;

import inet.ipaddr.ipv6.IPv6Address;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * An address as a plain number, which is what everything here counts and compares with.
 *
 * @param high the upper 64 bits of an IPv6 address; 0 for IPv4
 * @param low the lower 64 bits, or the 32 bits of an IPv4 address
 */
public record Address(Family family, long high, long low) implements Comparable<Address> {

    public static Address of(InetAddress address) {
        ByteBuffer octets = ByteBuffer.wrap(address.getAddress());
        return octets.remaining() == 4
                ? new Address(Family.IPV4, 0, octets.getInt() & 0xFFFF_FFFFL)
                : new Address(Family.IPV6, octets.getLong(), octets.getLong());
    }

    public InetAddress toInetAddress() {
        ByteBuffer octets = family == Family.IPV4
                ? ByteBuffer.allocate(4).putInt((int) low)
                : ByteBuffer.allocate(16).putLong(high).putLong(low);
        try {
            return InetAddress.getByAddress(octets.array());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + octets.capacity() + " octets", e);
        }
    }

    /** The first address of the block of this prefix length around this one. */
    Address firstOf(int prefixLength) {
        return new Address(family, high & ~highHostBits(prefixLength), low & ~lowHostBits(prefixLength));
    }

    /** The last address of that block. */
    Address lastOf(int prefixLength) {
        return new Address(family, high | highHostBits(prefixLength), low | lowHostBits(prefixLength));
    }

    private long highHostBits(int prefixLength) {
        return family == Family.IPV4 ? 0 : ones(Math.clamp(64L - prefixLength, 0, 64));
    }

    private long lowHostBits(int prefixLength) {
        int bits = family == Family.IPV4 ? 32 : 128;
        return ones(Math.clamp((long) bits - prefixLength, 0, 64));
    }

    private static long ones(int count) {
        return count == 0 ? 0 : -1L >>> (64 - count);
    }

    /** The address this many further on. */
    Address plus(long offset) {
        long sum = low + offset;
        return new Address(family, Long.compareUnsigned(sum, low) < 0 ? high + 1 : high, sum);
    }

    Address next() {
        return plus(1);
    }

    Address previous() {
        return new Address(family, low == 0 ? high - 1 : high, low - 1);
    }

    /** How many addresses lie between an earlier one and this one, both counted. */
    BigInteger countFrom(Address first) {
        return toBigInteger().subtract(first.toBigInteger()).add(BigInteger.ONE);
    }

    private BigInteger toBigInteger() {
        return unsigned(high).shiftLeft(64).or(unsigned(low));
    }

    private static BigInteger unsigned(long bits) {
        return new BigInteger(1, ByteBuffer.allocate(8).putLong(bits).array());
    }

    @Override
    public int compareTo(Address other) {
        int families = family.compareTo(other.family);
        if (families != 0) {
            return families;
        }
        int highs = Long.compareUnsigned(high, other.high);
        return highs != 0 ? highs : Long.compareUnsigned(low, other.low);
    }

    /** In dotted decimal, or as RFC 5952 writes it. */
    @Override
    public String toString() {
        return family == Family.IPV4
                ? (low >>> 24) + "." + (low >>> 16 & 0xFF) + "." + (low >>> 8 & 0xFF) + "." + (low & 0xFF)
                : new IPv6Address(ByteBuffer.allocate(16)
                                .putLong(high)
                                .putLong(low)
                                .array())
                        .toCanonicalString();
    }
}
