package io.berth.allocator;

import java.math.BigInteger;
import java.util.Map;

/**
 * How much of a pool is used, and by whom.
 *
 * @param namespaces how many addresses each namespace has of it; an address that is shared counts once for each namespace
 */
public record PoolUsage(
        String pool, int priority, Pool.AutoAssign autoAssign, Count ipv4, Count ipv6, Map<String, Held> namespaces) {

    public PoolUsage {
        namespaces = Map.copyOf(namespaces);
    }

    /**
     * Addresses of one family; exact, whatever the size.
     *
     * @param total    that the pool has to give
     * @param assigned that services have; one that is shared counts once
     * @param reserved that nobody has, but that are kept for services which gave them back
     */
    public record Count(BigInteger total, BigInteger assigned, BigInteger reserved) {

        /** How many anybody may be given. */
        public BigInteger available() {
            return total.subtract(assigned).subtract(reserved);
        }
    }

    /** What one namespace has. */
    public record Held(int ipv4, int ipv6) {
        public int total() {
            return ipv4 + ipv6;
        }
    }

    public Count of(Family family) {
        return family == Family.IPV4 ? ipv4 : ipv6;
    }
}
