package io.berth.bgp.message;

import io.berth.bgp.Prefix;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** The address families that Berth speaks, by AFI and SAFI (RFC 4760). A family is added here, and nowhere else by number. */
public enum Family {
    IPV4_UNICAST(1, 1, 32),
    IPV6_UNICAST(2, 1, 128);

    private static final int NO_ZONE = -1;

    private final int afi;
    private final int safi;
    private final int maxPrefixLength;

    Family(int afi, int safi, int maxPrefixLength) {
        this.afi = afi;
        this.safi = safi;
        this.maxPrefixLength = maxPrefixLength;
    }

    /** The family a prefix belongs to. */
    public static Family of(Prefix prefix) {
        return prefix.isIpv4() ? IPV4_UNICAST : IPV6_UNICAST;
    }

    /** The family an address belongs to. */
    public static Family of(InetAddress address) {
        return address instanceof Inet4Address ? IPV4_UNICAST : IPV6_UNICAST;
    }

    /** The address of this family that these octets are; an IPv4-mapped one stays an IPv6 address. */
    public InetAddress address(byte[] octets) {
        try {
            return this == IPV4_UNICAST
                    ? InetAddress.getByAddress(octets)
                    : Inet6Address.getByAddress(null, octets, NO_ZONE);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address of " + octets.length + " octets in " + this, e);
        }
    }

    public int afi() {
        return afi;
    }

    public int safi() {
        return safi;
    }

    /** In bits: 32 or 128. */
    public int maxPrefixLength() {
        return maxPrefixLength;
    }

    /** In octets: 4 or 16. */
    public int addressLength() {
        return maxPrefixLength / 8;
    }

    /** "IPv4 unicast". */
    @Override
    public String toString() {
        return (this == IPV4_UNICAST ? "IPv4" : "IPv6") + " unicast";
    }
}
