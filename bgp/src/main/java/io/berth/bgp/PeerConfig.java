package io.berth.bgp;

import io.berth.bgp.message.Family;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;

/**
 * A neighbour and what is agreed with its operator.
 *
 * @param name unique among the peers of a speaker; routes, snapshots and events name the peer by it
 * @param remote where the peer listens, and the address it dials from
 * @param local our AS, identifier and proposals in this session
 * @param peerAs which AS the peer must be
 * @param connect who opens the connection
 * @param transport what the TCP connection must be like
 */
public record PeerConfig(
        String name, InetSocketAddress remote, Local local, PeerAs peerAs, Connect connect, Transport transport) {

    /**
     * Our side of the session.
     *
     * @param keepalive how often we say that we are alive; more often where a third of the Hold Time that both agree on is less,
     *     never more often than once a second, and not at all without a hold timer
     */
    public record Local(Asn as, BgpIdentifier identifier, HoldTime holdTime, Set<Family> families, Duration keepalive) {
        public Local {
            families = Set.copyOf(families);
        }

        /** A side that says so in every third of the Hold Time. */
        public Local(Asn as, BgpIdentifier identifier, HoldTime holdTime, Set<Family> families) {
            this(as, identifier, holdTime, families, holdTime.keepaliveInterval());
        }
    }

    /** Which AS the peer may be. */
    public sealed interface PeerAs {

        /** Exactly this one. */
        record Exactly(Asn as) implements PeerAs {}

        /** Whatever it says; a route collector asks no more. */
        record Any() implements PeerAs {}

        /** Whether a peer that says it is {@code as} may be. */
        default boolean admits(Asn as) {
            return switch (this) {
                case Exactly exactly -> exactly.as.equals(as);
                case Any _ -> true;
            };
        }
    }

    /** Who opens the connection (RFC 4271 section 8.1.1: PassiveTcpEstablishment). */
    public enum Connect {
        /** We dial and do not answer. */
        DIAL,
        /** We wait to be dialled. */
        LISTEN,
        /** Either; a collision is resolved by RFC 4271 section 6.8. */
        BOTH
    }

    /**
     * What the TCP connection must be like.
     *
     * @param localAddress where it starts; the unspecified address leaves the choice to the kernel
     * @param hopLimit TTL of what we send; 0 leaves the kernel's
     * @param password TCP MD5 key (RFC 2385); empty for none. A connection is never tried without a password that is set
     * @param connectRetry the first pause between attempts; it doubles up to half a minute until a session was stable
     */
    public record Transport(InetAddress localAddress, int hopLimit, String password, Duration connectRetry) {

        public static final Transport DEFAULT =
                new Transport(InetAddress.ofLiteral("0.0.0.0"), 0, "", Duration.ofSeconds(1));

        public Transport withLocalAddress(InetAddress address) {
            return new Transport(address, hopLimit, password, connectRetry);
        }

        /** Keeps the key out of every log. */
        @Override
        public String toString() {
            return "Transport[localAddress=" + localAddress.getHostAddress() + ", hopLimit=" + hopLimit + ", password="
                    + (password.isEmpty() ? "none" : "set") + ", connectRetry=" + connectRetry + "]";
        }
    }

    /** Whether the session would be internal to our AS; false while the peer's AS is not known. */
    public boolean isInternal() {
        return peerAs instanceof PeerAs.Exactly exactly && exactly.as().equals(local.as);
    }
}
