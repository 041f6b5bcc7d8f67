package io.berth.allocator;

import java.math.BigInteger;
import java.util.List;

/**
 * A range of addresses to give out, and to whom (an IPAddressPool).
 *
 * @param ranges in the order in which they are drawn from
 */
public record Pool(String name, List<AddressRange> ranges, AutoAssign autoAssign, BuggyIps buggyIps, Scope scope) {

    /** Whether services get addresses of the pool without naming it. */
    public enum AutoAssign {
        ENABLED,
        DISABLED
    }

    /** What becomes of IPv4 addresses that end in .0 or .255, which some old devices drop. */
    public enum BuggyIps {
        GIVEN,
        AVOIDED
    }

    public Pool {
        ranges = List.copyOf(ranges);
    }

    /** Whether the address is the pool's to give. */
    public boolean owns(Address address) {
        return gives(address) && ranges.stream().anyMatch(range -> range.contains(address));
    }

    /** Whether addresses like this one are given out at all, wherever they lie. */
    boolean gives(Address address) {
        return buggyIps == BuggyIps.GIVEN || !isBuggy(address);
    }

    static boolean isBuggy(Address address) {
        long lastOctet = address.low() & 0xFF;
        return address.family() == Family.IPV4 && (lastOctet == 0 || lastOctet == 255);
    }

    /** How many addresses of a family the pool has to give, exactly. */
    public BigInteger total(Family family) {
        return ranges.stream()
                .filter(range -> range.family() == family)
                .map(this::usable)
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private BigInteger usable(AddressRange range) {
        BigInteger all = range.last().countFrom(range.first());
        if (buggyIps == BuggyIps.GIVEN || range.family() == Family.IPV6) {
            return all;
        }
        long first = range.first().low();
        long last = range.last().low();
        return all.subtract(BigInteger.valueOf(endingIn(0, first, last) + endingIn(255, first, last)));
    }

    /** How many numbers from first to last have this last octet. */
    private static long endingIn(int octet, long first, long last) {
        return Math.floorDiv(last - octet, 256) - Math.floorDiv(first - 1 - octet, 256);
    }

    /** Whether any range is of this family. */
    public boolean has(Family family) {
        return ranges.stream().anyMatch(range -> range.family() == family);
    }
}
