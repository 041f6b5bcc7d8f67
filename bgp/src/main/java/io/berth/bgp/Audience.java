package io.berth.bgp;

import java.util.Set;

/** The peers that a route is for. */
public sealed interface Audience {

    /** Every peer, also one that is configured later. */
    record All() implements Audience {}

    /** The peers of these names ({@link PeerConfig#name}). */
    record Named(Set<String> peers) implements Audience {
        public Named {
            peers = Set.copyOf(peers);
        }
    }

    static Audience all() {
        return new All();
    }

    static Audience of(String peer) {
        return new Named(Set.of(peer));
    }

    /** Whether the peer of this name is among them. */
    default boolean includes(String peer) {
        return switch (this) {
            case All _ -> true;
            case Named named -> named.peers.contains(peer);
        };
    }
}
