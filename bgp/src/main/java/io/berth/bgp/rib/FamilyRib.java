package io.berth.bgp.rib;

import io.berth.bgp.Prefix;
import io.berth.bgp.Route;
import io.berth.bgp.RouteAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The routes of one family that should be announced. Several owners may want the same prefix announced to the same peer; then
 * the one whose name comes first in the alphabet is heard, whatever the order in which they spoke.
 */
final class FamilyRib {

    private record Claim(String owner, Route route) {}

    private static final Comparator<Claim> ORDER = Comparator.comparing(Claim::owner)
            .thenComparing(claim -> claim.route().audience().toString());

    private final PrefixTable prefixes = new PrefixTable();
    private final List<List<Claim>> claims = new ArrayList<>();
    private final List<FamilyOut> outs = new ArrayList<>();

    /** Adds a claim and returns the number of its prefix. */
    int add(String owner, Route route) {
        int id = prefixes.intern(route.prefix());
        while (claims.size() <= id) {
            claims.add(List.of());
        }
        List<Claim> grown = new ArrayList<>(claims.get(id));
        grown.add(new Claim(owner, route));
        grown.sort(ORDER);
        claims.set(id, List.copyOf(grown));
        return id;
    }

    /** Takes a claim back and returns the number of its prefix. */
    int remove(String owner, Route route) {
        int id = prefixes.find(route.prefix()).orElseThrow();
        List<Claim> shrunk = new ArrayList<>(claims.get(id));
        shrunk.remove(new Claim(owner, route));
        claims.set(id, List.copyOf(shrunk));
        return id;
    }

    /** What should be said of the prefix of this number to the peer of this name; empty where it should not be announced. */
    Optional<RouteAttributes> wanted(int id, String peer) {
        for (Claim claim : claims.get(id)) {
            if (claim.route().audience().includes(peer)) {
                return Optional.of(claim.route().attributes());
            }
        }
        return Optional.empty();
    }

    Prefix prefix(int id) {
        return prefixes.prefix(id);
    }

    /** Every number is below this. */
    int bound() {
        return prefixes.bound();
    }

    /** Whether anybody wants this number announced to anybody. */
    boolean isClaimed(int id) {
        return !claims.get(id).isEmpty();
    }

    void attach(FamilyOut out) {
        outs.add(out);
    }

    void detach(FamilyOut out) {
        outs.remove(out);
        forgetUnused();
    }

    /** Each peer finds out for itself whether that concerns it. */
    void mark(int id, long nowNanos) {
        outs.forEach(out -> out.mark(id, nowNanos));
        forgetIfUnused(id);
    }

    /** Takes the number of a prefix back when nobody claims it and no peer has or owes anything of it. */
    void forgetIfUnused(int id) {
        if (prefixes.isTaken(id) && !isClaimed(id) && outs.stream().noneMatch(out -> out.holds(id))) {
            prefixes.release(id);
        }
    }

    /** The same for every prefix: a session that ended held some of them. */
    void forgetUnused() {
        for (int id = 0; id < prefixes.bound(); id++) {
            forgetIfUnused(id);
        }
    }
}
