package io.berth.bgp.rib;

import io.berth.bgp.Prefix;
import io.berth.bgp.Route;
import java.util.Map;
import java.util.Set;

/**
 * What should be announced: the desired state from which each {@link AdjRibOut} finds its own difference.
 *
 * <p>An owner says all of its routes at once and may say them again at any time; a change costs the owner's routes, not the
 * table. Whoever has many prefixes that come and go by themselves says instead what is wanted of each. All peers share one
 * table of prefixes for each family: an IPv4 route takes some 20 octets there, and 4 more for each peer that has it. Belongs to
 * one thread.
 */
public final class LocRib {

    private final PerFamily<FamilyRib> families = new PerFamily<>(FamilyRib::new);

    /** The Adj-RIB-Out of a new peer; it takes part in every change from now on, until {@link #detach}. */
    public AdjRibOut attach(String peer) {
        return new AdjRibOut(peer, families);
    }

    /** Ends what {@link #attach} began. */
    public void detach(AdjRibOut out) {
        out.detach();
    }

    /**
     * Replaces what an owner wants announced; the empty set ends its part. Where two owners want one prefix announced to one
     * peer, the one whose name comes first in the alphabet is heard, and before them what was set for the prefix itself.
     *
     * @param nowNanos the present by a monotonic clock, from which the lag of the announcement counts
     */
    public void setRoutes(String owner, Set<Route> routes, long nowNanos) {
        families.values().forEach(family -> family.setRoutes(owner, routes, nowNanos));
    }

    /**
     * Replaces what is wanted of each of these prefixes, whatever owners want of them; the empty set ends it.
     *
     * @param wanted routes of no other prefix than that by which they are found
     * @param nowNanos as for {@link #setRoutes}
     */
    public void setPrefixes(Map<Prefix, Set<Route>> wanted, long nowNanos) {
        families.values().forEach(family -> family.setPrefixes(wanted, nowNanos));
    }
}
