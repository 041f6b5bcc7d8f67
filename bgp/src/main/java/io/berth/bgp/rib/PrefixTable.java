package io.berth.bgp.rib;

import io.berth.bgp.Prefix;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Gives each prefix a small number for as long as anybody keeps something of it, so that what is kept for each peer is a bit or
 * an int at that number.
 */
final class PrefixTable {

    private final Map<Prefix, Integer> ids = new HashMap<>();
    private final List<Optional<Prefix>> prefixes = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();

    /** The number of a prefix, a new one where it has none. */
    int intern(Prefix prefix) {
        return ids.computeIfAbsent(prefix, this::place);
    }

    private int place(Prefix prefix) {
        Integer reused = free.poll();
        if (reused == null) {
            prefixes.add(Optional.of(prefix));
            return prefixes.size() - 1;
        }
        prefixes.set(reused, Optional.of(prefix));
        return reused;
    }

    OptionalInt find(Prefix prefix) {
        Integer id = ids.get(prefix);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    boolean isTaken(int id) {
        return prefixes.get(id).isPresent();
    }

    Prefix prefix(int id) {
        return prefixes.get(id).orElseThrow();
    }

    /** Takes the number back; the next new prefix may get it. */
    void release(int id) {
        ids.remove(prefix(id));
        prefixes.set(id, Optional.empty());
        free.add(id);
    }

    /** Every number is below this. */
    int bound() {
        return prefixes.size();
    }
}
