package io.berth.bgp.net;

import io.berth.bgp.Prefix;
import io.berth.bgp.message.Family;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which of our addresses a peer can send packets to: a session tells one of them, and its interface the others. Routes of the
 * other family than the session's get their next hop from there.
 */
final class OwnAddresses {

    /** An address as an interface has it, with the length of its network's prefix. */
    record Assigned(InetAddress address, int prefixLength) {

        boolean isOnOneNetworkWith(InetAddress other) {
            return Family.of(other) == Family.of(address)
                    && Prefix.containing(address, prefixLength).equals(Prefix.containing(other, prefixLength));
        }

        /** Whether there is more in its network than itself; what has none may be a service's and move on. */
        private boolean isAlone() {
            return prefixLength == Family.of(address).maxPrefixLength();
        }
    }

    /** What others can reach before what they cannot, a host's own addresses before a service's; and always the same. */
    private static final Comparator<Assigned> PREFERENCE = Comparator.comparing(
                    (Assigned own) -> own.address().isLoopbackAddress())
            .thenComparing(Assigned::isAlone)
            .thenComparing(OwnAddresses::isUniqueLocal)
            .thenComparing(own -> own.address().getAddress(), Arrays::compareUnsigned);

    private OwnAddresses() {}

    /** Those of a session between these two addresses; only its own where its interface is not to be found. */
    static List<InetAddress> of(InetAddress local, InetAddress remote) {
        return seen(local, remote, interfaceOf(local));
    }

    /**
     * The session's address first, then one of the other family, then a link-local one where the peer is on the same link (RFC
     * 2545 section 3).
     *
     * @param assigned all addresses of the session's interface
     */
    static List<InetAddress> seen(InetAddress local, InetAddress remote, Collection<Assigned> assigned) {
        boolean onLink = assigned.stream()
                .anyMatch(own -> own.address().equals(local) && !own.isAlone() && own.isOnOneNetworkWith(remote));
        Stream<InetAddress> other = Stream.of(Family.values())
                .filter(family -> family != Family.of(local) || local.isLinkLocalAddress())
                .flatMap(family -> preferred(assigned, family).stream());
        return Stream.of(Stream.of(local), other, onLink ? linkLocal(assigned).stream() : Stream.<InetAddress>empty())
                .flatMap(addresses -> addresses)
                .distinct()
                .toList();
    }

    private static Optional<InetAddress> preferred(Collection<Assigned> assigned, Family family) {
        return assigned.stream()
                .filter(own -> Family.of(own.address()) == family)
                .filter(own ->
                        !own.address().isLinkLocalAddress() && !own.address().isAnyLocalAddress())
                .min(PREFERENCE)
                .map(Assigned::address);
    }

    private static Optional<InetAddress> linkLocal(Collection<Assigned> assigned) {
        return assigned.stream()
                .map(Assigned::address)
                .filter(address -> Family.of(address) == Family.IPV6_UNICAST && address.isLinkLocalAddress())
                .min(Comparator.comparing(InetAddress::getAddress, Arrays::compareUnsigned));
    }

    /** fc00::/7 (RFC 4193). */
    private static boolean isUniqueLocal(Assigned own) {
        return Family.of(own.address()) == Family.IPV6_UNICAST && (own.address().getAddress()[0] & 0xFE) == 0xFC;
    }

    private static List<Assigned> interfaceOf(InetAddress local) {
        try {
            NetworkInterface found = NetworkInterface.getByInetAddress(local);
            return found == null
                    ? List.of()
                    : found.getInterfaceAddresses().stream()
                            .filter(OwnAddresses::isWhole)
                            .map(OwnAddresses::assigned)
                            .toList();
        } catch (SocketException _) {
            return List.of();
        }
    }

    /** The kernel may not say how long the prefix of an address is that is just being taken away. */
    private static boolean isWhole(InterfaceAddress address) {
        int length = address.getNetworkPrefixLength();
        return length > 0 && length <= Family.of(address.getAddress()).maxPrefixLength();
    }

    private static Assigned assigned(InterfaceAddress address) {
        return new Assigned(address.getAddress(), address.getNetworkPrefixLength());
    }
}
