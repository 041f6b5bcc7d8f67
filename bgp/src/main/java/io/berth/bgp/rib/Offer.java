package io.berth.bgp.rib;

import io.berth.bgp.Audience;
import io.berth.bgp.Route;
import io.berth.bgp.RouteAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the owners of a prefix want said of it, and to whom. Where several want it said to one peer, the prefix itself is
 * heard before anybody with a name, and of these the one whose name comes first in the alphabet, whatever the order in which
 * they spoke.
 */
record Offer(List<Claim> claims) {

    /** What one owner wants said to some peers. */
    record Claim(Owner owner, Audience audience, RouteAttributes attributes) {

        static Claim of(Owner owner, Route route) {
            return new Claim(owner, route.audience(), route.attributes());
        }
    }

    /**
     * An owner may say one thing to all and another to some, who hear only that. Where it says two things to one peer it does
     * not matter which is heard, as long as it is always the same.
     */
    private static final Comparator<Claim> ORDER = Comparator.comparing(
                    (Claim claim) -> claim.owner().rank())
            .thenComparing(claim -> claim.audience() instanceof Audience.All)
            .thenComparing(claim -> claim.attributes().toString())
            .thenComparing(claim -> sorted(claim.audience()));

    static final Offer NOTHING = new Offer(List.of());

    boolean isNothing() {
        return claims.isEmpty();
    }

    /** The same with these claims of the owner in the place of all that it has made. */
    Offer with(Owner owner, List<Claim> own) {
        Stream<Claim> others = claims.stream().filter(claim -> !claim.owner().equals(owner));
        return new Offer(
                Stream.concat(others, own.stream()).distinct().sorted(ORDER).toList());
    }

    /** What is to be said to the peer of this name; empty where the prefix is not for it. */
    Optional<RouteAttributes> to(String peer) {
        for (Claim claim : claims) {
            if (claim.audience().includes(peer)) {
                return Optional.of(claim.attributes());
            }
        }
        return Optional.empty();
    }

    private static String sorted(Audience audience) {
        return switch (audience) {
            case Audience.All _ -> "";
            case Audience.Named named ->
                String.join(",", named.peers().stream().sorted().toList());
        };
    }
}
