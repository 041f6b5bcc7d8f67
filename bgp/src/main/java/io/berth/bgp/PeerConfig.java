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

        /** A side that says that it is alive in every third of the Hold Time. */
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

    /** How far away a peer may be, by the TTL (IPv6: hop limit) of what is sent and taken. */
    public sealed interface Reach {

        /** As far as the kernel sends. */
        record Anywhere() implements Reach {}

        /** What we send has this TTL, 1 to 255: it passes one router less. */
        record Within(int ttl) implements Reach {
            public Within {
                if (ttl < 1 || ttl > 255) {
                    throw new IllegalArgumentException("TTL must be 1 to 255, got " + ttl);
                }
            }
        }

        /**
         * TTL security (RFC 5082): what we send has TTL 255, and nothing is taken that more routers have passed on than lie
         * between neighbours of this distance. 1 is the same link, 254 the most.
         */
        record Secured(int hops) implements Reach {
            public Secured {
                if (hops < 1 || hops > 254) {
                    throw new IllegalArgumentException("hops must be 1 to 254, got " + hops);
                }
            }

            /** The least TTL with which something from so far away arrives. */
            public int leastTtl() {
                return 256 - hops;
            }
        }
    }

    /**
     * What the TCP connection must be like.
     *
     * @param localAddress where it starts; the unspecified address leaves the choice to the kernel
     * @param reach how far away the peer may be
     * @param password TCP MD5 key (RFC 2385); empty for none. A connection is never tried without a password that is set
     * @param connectRetry the first pause between attempts; it doubles up to half a minute until a session was stable
     */
    public record Transport(InetAddress localAddress, Reach reach, String password, Duration connectRetry) {

        public static final Transport DEFAULT =
                new Transport(InetAddress.ofLiteral("0.0.0.0"), new Reach.Anywhere(), "", Duration.ofSeconds(1));

        public Transport withLocalAddress(InetAddress address) {
            return new Transport(address, reach, password, connectRetry);
        }

        public Transport withReach(Reach limited) {
            return new Transport(localAddress, limited, password, connectRetry);
        }

        public Transport withPassword(String key) {
            return new Transport(localAddress, reach, key, connectRetry);
        }

        /** Keeps the key out of every log. */
        @Override
        public String toString() {
            return "Transport[localAddress=" + localAddress.getHostAddress() + ", reach=" + reach + ", password="
                    + (password.isEmpty() ? "none" : "set") + ", connectRetry=" + connectRetry + "]";
        }
    }

    /** Whether the session would be internal to our AS; false while the peer's AS is not known. */
    public boolean isInternal() {
        return peerAs instanceof PeerAs.Exactly exactly && exactly.as().equals(local.as);
    }
}
