package io.berth.bgp.message;

import io.berth.bgp.Asn;
import java.util.List;
import java.util.Set;

/** A capability of an OPEN (RFC 5492). A new one is a record here; the codec's switches stop compiling until they know it. */
public sealed interface Capability {

    /** Code 1, RFC 4760: a family this speaker wants to exchange. */
    record Multiprotocol(int afi, int safi) implements Capability {

        public static Multiprotocol of(Family family) {
            return new Multiprotocol(family.afi(), family.safi());
        }

        public boolean isFor(Family family) {
            return afi == family.afi() && safi == family.safi();
        }
    }

    /** Code 2, RFC 2918. */
    record RouteRefreshing() implements Capability {}

    /**
     * Code 5, RFC 8950: routes of one family whose next hop is an address of another.
     *
     * @param encodings those that this speaker can read
     */
    record ExtendedNextHop(List<Encoding> encodings) implements Capability {

        public ExtendedNextHop {
            encodings = List.copyOf(encodings);
        }

        /** A family, and the AFI that the next hop may be of besides its own. */
        public record Encoding(int afi, int safi, int nextHopAfi) {

            /** IPv4 unicast by way of an IPv6 address. */
            public static final Encoding IPV4_OVER_IPV6 =
                    new Encoding(Family.IPV4_UNICAST.afi(), Family.IPV4_UNICAST.safi(), Family.IPV6_UNICAST.afi());
        }
    }

    /** Code 6, RFC 8654: this speaker takes messages of up to 65535 octets. */
    record ExtendedMessage() implements Capability {}

    /**
     * Code 64, RFC 4724 with the N bit of RFC 8538.
     *
     * @param restartSeconds how long the peer shall keep the routes of a speaker that restarts: 0 to 4095
     * @param families whose routes are kept; none for a speaker that only helps others to restart
     */
    record GracefulRestart(Set<RestartFlag> flags, int restartSeconds, List<RestartFamily> families)
            implements Capability {

        public GracefulRestart {
            if (restartSeconds < 0 || restartSeconds > 0xFFF) {
                throw new IllegalArgumentException("restart time must be 0 to 4095 seconds, got " + restartSeconds);
            }
            flags = Set.copyOf(flags);
            families = List.copyOf(families);
        }
    }

    /** What holds of the speaker itself. */
    enum RestartFlag {
        /** R: this is its first OPEN since it started anew. */
        RESTARTED,
        /** N: a NOTIFICATION does not end graceful restart (RFC 8538). */
        NOTIFICATION
    }

    /** One family of a {@link GracefulRestart}. */
    record RestartFamily(int afi, int safi, Forwarding forwarding) {}

    /** Whether packets of a family were still forwarded while the speaker restarted: the F bit. */
    enum Forwarding {
        PRESERVED,
        NOT_PRESERVED
    }

    /** Code 65, RFC 6793. */
    record FourOctetAs(Asn as) implements Capability {}

    /** Code 70, RFC 7313. */
    record EnhancedRouteRefresh() implements Capability {}

    /** Code 73: the speaker's host and domain name, so that the peer's operator sees who this is. */
    record Fqdn(String host, String domain) implements Capability {}

    /** Code 75: what the speaker is and its version, for people to read. */
    record SoftwareVersion(String text) implements Capability {}

    /** Any other, or one of the above that is malformed: kept for people to look at, without effect (RFC 5492 section 3). */
    record Unknown(int code, Octets value) implements Capability {}
}
