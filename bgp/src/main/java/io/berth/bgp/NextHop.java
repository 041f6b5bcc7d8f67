package io.berth.bgp;

import java.net.InetAddress;

/** Where a peer shall send the packets for a route (RFC 4271 section 5.1.3). */
public sealed interface NextHop {

    /** This speaker itself: the local address of the session, or the one that the peer's configuration names. */
    record Self() implements NextHop {}

    /** This address. */
    record At(InetAddress address) implements NextHop {}

    static NextHop self() {
        return new Self();
    }
}
