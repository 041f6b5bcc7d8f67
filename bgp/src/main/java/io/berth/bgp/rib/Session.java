package io.berth.bgp.rib;

import io.berth.bgp.codec.Negotiated;
import java.net.InetAddress;
import java.util.List;

/**
 * What an Adj-RIB-Out has to know of the session that it is for.
 *
 * @param self our own addresses in this session, the one that it runs on first: what a next hop of self becomes. A link-local
 *     one is among them only where the peer is on the same link
 */
public record Session(Negotiated negotiated, List<InetAddress> self) {

    public Session {
        self = List.copyOf(self);
    }

    int maxMessage() {
        return negotiated.maxSent();
    }
}
