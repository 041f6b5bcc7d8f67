package io.berth.allocator;

import java.math.BigInteger;
import java.util.List;

/**
 * Addresses to give out, and to whom (an IPAddressPool).
 *
 * @param ranges in the order in which they are drawn from
 */
public record Pool(
        String name, List<AddressRange> ranges, AutoAssign autoAssign, BuggyIps buggyIps, Scope scope, Terms terms) {

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

    /** Whether this service may draw from the pool: the pool's scope and the fence of the service's namespace both admit it. */
    public boolean admits(Request request) {
        return request.tenant().fence().encloses(name) && scope.admits(request);
    }

    /** Whether this service may draw from the pool, and why not; {@link #admits} costs less. */
    public Scope.Admission judge(Request request) {
        Fence fence = request.tenant().fence();
        return fence.encloses(name) ? scope.judge(request) : new Scope.Admission.NamespaceNotAllowed(fence.outside());
    }

    /** Whether the address is the pool's to give. */
    public boolean owns(Address address) {
        return contains(ranges, address)
                && !contains(terms.excluded(), address)
                && (buggyIps == BuggyIps.GIVEN || !isBuggy(address));
    }

    private static boolean contains(List<AddressRange> ranges, Address address) {
        for (AddressRange range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    static boolean isBuggy(Address address) {
        long lastOctet = address.low() & 0xFF;
        return address.family() == Family.IPV4 && (lastOctet == 0 || lastOctet == 255);
    }

    /** The ranges without what is excluded, in the order in which they are drawn from. Buggy addresses lie in them all the same. */
    List<AddressRange> pieces() {
        List<AddressRange> pieces = ranges;
        for (AddressRange hole : terms.excluded()) {
            pieces = pieces.stream().flatMap(piece -> piece.without(hole)).toList();
        }
        return pieces;
    }

    /** Whether another pool gives the very same addresses in the same order, to whomever. */
    boolean givesTheSameAs(Pool other) {
        return ranges.equals(other.ranges)
                && buggyIps == other.buggyIps
                && terms.excluded().equals(other.terms.excluded());
    }

    /** How many addresses of a family the pool has to give, exactly. */
    public BigInteger total(Family family) {
        return pieces().stream()
                .filter(piece -> piece.family() == family)
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
