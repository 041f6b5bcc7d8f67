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
import java.util.function.ToIntFunction;

/**
 * What one owner wants of one family, by row: a row and the number of a claim, packed into a long each, in ascending order.
 * Among a million routes there are only a few different claims.
 */
final class OwnerClaims {

    /** Takes a row, and all that the owner wants said of its prefix. */
    interface Visitor {
        void visit(int row, List<Claim> claims);
    }

    private final Owner owner;
    private final Map<Claim, Integer> numbers = new HashMap<>();
    /** Each claim as the only one of its prefix, which it mostly is. */
    private final List<List<Claim>> alone = new ArrayList<>();

    private int latest;
    private long[] pairs = {};

    private OwnerClaims(Owner owner) {
        this.owner = owner;
    }

    /** Those of the routes that are of the family. */
    static OwnerClaims of(Owner owner, Set<Route> routes, Family family, ToIntFunction<Prefix> row) {
        var claims = new OwnerClaims(owner);
        claims.pairs = routes.stream()
                .filter(route -> Family.of(route.prefix()) == family)
                .mapToLong(route -> (long) row.applyAsInt(route.prefix()) << Integer.SIZE | claims.number(route))
                .sorted()
                .toArray();
        return claims;
    }

    /** The rows, ascending. */
    int[] rows() {
        int[] rows = new int[pairs.length];
        int size = 0;
        for (int i = 0; i < pairs.length; i = nextRow(i)) {
            rows[size++] = row(i);
        }
        return Arrays.copyOf(rows, size);
    }

    /** Row by row, ascending. A claim that stands alone comes in the same list each time. */
    void forEach(Visitor visitor) {
        for (int i = 0; i < pairs.length; i = nextRow(i)) {
            visitor.visit(row(i), claims(i, nextRow(i)));
        }
    }

    private int row(int pair) {
        return (int) (pairs[pair] >>> Integer.SIZE);
    }

    private int nextRow(int pair) {
        int next = pair + 1;
        while (next < pairs.length && row(next) == row(pair)) {
            next++;
        }
        return next;
    }

    private List<Claim> claims(int from, int to) {
        if (to == from + 1) {
            return alone.get((int) pairs[from]);
        }
        List<Claim> claims = new ArrayList<>();
        for (int i = from; i < to; i++) {
            claims.addAll(alone.get((int) pairs[i]));
        }
        return claims;
    }

    /** Most routes say what the one before has said: that is found without computing a hash. */
    private int number(Route route) {
        Claim claim = Claim.of(owner, route);
        if (alone.isEmpty() || !alone.get(latest).getFirst().equals(claim)) {
            latest = numbers.computeIfAbsent(claim, this::place);
        }
        return latest;
    }

    private int place(Claim claim) {
        alone.add(List.of(claim));
        return alone.size() - 1;
    }
}
