package io.berth.k8s.collect;

import io.berth.bgp.Prefix;
import io.berth.bgp.SessionState;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.PathAttribute;
import java.net.InetAddress;
import java.util.List;

/** One thing that a collector learned. */
public sealed interface Change {

    /** Who it learned it from, by name. */
    String peer();

    /** A route is there, or is there in another form. */
    record Announced(String peer, Prefix prefix, InetAddress nextHop, List<PathAttribute> attributes)
            implements Change {}

    /** A route is gone: it was withdrawn, or the session that it came in has ended. */
    record Withdrawn(String peer, Prefix prefix) implements Change {}

    /** The peer has sent all of a family that it had at first (RFC 4724). */
    record EndOfRib(String peer, Family family) implements Change {}

    /** The session came into this state. */
    record State(String peer, SessionState state, String reason) implements Change {}
}
