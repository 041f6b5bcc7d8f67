package io.berth.bgp.rib;

import io.berth.bgp.Prefix;
import io.berth.bgp.Route;
import io.berth.bgp.message.Family;
import io.berth.bgp.rib.Offer.Claim;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The routes of one family that should be announced: for each prefix the number of an {@link Offer}, of which there are few,
 * and for each owner that has a name the rows of its prefixes.
 */
final class FamilyRib {

    private static final int[] NO_ROWS = {};

    /** The number of {@link Offer#NOTHING}, of every row that has no other offer; its uses are not counted. */
    private static final int NOTHING = 0;

    private final Family family;
    private final PrefixTable prefixes;
    private final Numbers<Offer> offers = new Numbers<>();
    private final Map<String, int[]> rowsByOwner = new HashMap<>();
    private final List<FamilyOut> outs = new ArrayList<>();
    private int[] offerByRow = NO_ROWS;

    FamilyRib(Family family) {
        this.family = family;
        this.prefixes = new PrefixTable(family);
        offers.number(Offer.NOTHING);
    }

    PrefixTable prefixes() {
        return prefixes;
    }

    /** The number of what is wanted of this row, which means the same as long as nothing is set. */
    int offerNumber(int row) {
        return offerByRow[row];
    }

    /** What is wanted of this row. */
    Offer offer(int row) {
        return offers.value(offerByRow[row]);
    }

    /** Whether any owner wants anything of this row. */
    boolean isClaimed(int row) {
        return offerByRow[row] != NOTHING;
    }

    /** Replaces what an owner wants with those of these routes that are of the family. */
    void setRoutes(String name, Set<Route> routes, long nowNanos) {
        Owner owner = new Owner.Named(name);
        OwnerClaims wanted = OwnerClaims.of(owner, routes, family, this::row);
        int[] before = rowsByOwner.getOrDefault(name, NO_ROWS);
        int[] after = wanted.rows();
        if (after.length > 0) {
            rowsByOwner.put(name, after);
        } else {
            rowsByOwner.remove(name);
        }
        var change = new Change(owner, nowNanos);
        forEachMissing(before, after, change);
        wanted.forEach(change);
    }

    /** Replaces what those of these prefixes that are of the family are wanted to be for their own part. */
    void setPrefixes(Map<Prefix, Set<Route>> wanted, long nowNanos) {
        var change = new Change(Owner.itsPrefix(), nowNanos);
        wanted.forEach((prefix, routes) -> {
            if (Family.of(prefix) != family) {
                return;
            }
            if (routes.isEmpty()) {
                prefixes.find(prefix).ifPresent(row -> change.visit(row, List.of()));
            } else {
                change.visit(row(prefix), claims(routes));
            }
        });
    }

    private static List<Claim> claims(Set<Route> routes) {
        List<Claim> claims = new ArrayList<>(routes.size());
        routes.forEach(route -> claims.add(Claim.of(Owner.itsPrefix(), route)));
        return claims;
    }

    private int row(Prefix prefix) {
        int row = prefixes.intern(prefix);
        if (row >= offerByRow.length) {
            offerByRow = Arrays.copyOf(offerByRow, row + 16 + row / 4);
        }
        return row;
    }

    /** Every row of {@code before} that is not in {@code after}, both ascending, with nothing wanted of it. */
    private static void forEachMissing(int[] before, int[] after, OwnerClaims.Visitor visitor) {
        int i = 0;
        for (int row : before) {
            while (i < after.length && after[i] < row) {
                i++;
            }
            if (i == after.length || after[i] != row) {
                visitor.visit(row, List.of());
            }
        }
    }

    void attach(FamilyOut out) {
        outs.add(out);
    }

    void detach(FamilyOut out) {
        outs.remove(out);
        forgetUnused();
    }

    /** Gives the row of a prefix back when nobody claims it and no peer has it. */
    void forgetIfUnused(int row) {
        if (!isClaimed(row) && prefixes.isTaken(row) && outs.stream().noneMatch(out -> out.has(row))) {
            prefixes.release(row);
        }
    }

    /** The same for every prefix: a session that ended had some of them. */
    void forgetUnused() {
        for (int row = 0; row < prefixes.bound(); row++) {
            forgetIfUnused(row);
        }
    }

    /**
     * A change of what one owner wants, row by row, each row once. Rows that are alike change alike, so changes are remembered:
     * among the rows that are still to come their numbers mean the same, since no number that is freed meanwhile comes back to a
     * row before that row has been visited.
     */
    private final class Change implements OwnerClaims.Visitor {

        /** From what is wanted of a row altogether to what is, once the owner has said this. */
        private record Turn(int from, List<Claim> said) {}

        private final Owner owner;
        private final long nowNanos;
        private final Map<Turn, Integer> turns = new HashMap<>();
        private Turn latest = new Turn(NOTHING, List.of());
        private int to = NOTHING;

        Change(Owner owner, long nowNanos) {
            this.owner = owner;
            this.nowNanos = nowNanos;
        }

        private int changed(int old, List<Claim> claims) {
            if (old != latest.from || !claims.equals(latest.said)) {
                latest = new Turn(old, claims);
                to = turns.computeIfAbsent(
                        latest, _ -> offers.number(offers.value(old).with(owner, claims)));
            }
            return to;
        }

        @Override
        public void visit(int row, List<Claim> claims) {
            int old = offerByRow[row];
            int changed = changed(old, claims);
            offerByRow[row] = changed;
            if (changed != NOTHING) {
                offers.acquire(changed);
            }
            if (old != NOTHING) {
                offers.release(old);
            }
            if (changed != old) {
                outs.forEach(out -> out.mark(row, nowNanos));
                forgetIfUnused(row);
            }
        }
    }
}
