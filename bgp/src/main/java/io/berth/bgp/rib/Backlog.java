package io.berth.bgp.rib;

import java.util.BitSet;
import java.util.OptionalLong;

/**
 * Rows that wait to be sent, a bit each. They are served in sweeps from the lowest row to the highest; a row that comes to wait
 * behind the present one is served in the next sweep, so no row waits for more than two of them however often others change.
 *
 * <p>For the age of the oldest it is enough to know when the first row came of those that this sweep will serve, and of those
 * that came since it began.
 */
final class Backlog {

    private final BitSet rows = new BitSet();
    private int size;
    private int position;
    private OptionalLong oldest = OptionalLong.empty();
    private OptionalLong oldestOfNextSweep = OptionalLong.empty();

    /** The row waits, from now on if it did not before. */
    void add(int row, long nowNanos) {
        if (rows.get(row)) {
            return;
        }
        rows.set(row);
        size++;
        if (oldest.isEmpty()) {
            oldest = OptionalLong.of(nowNanos);
        } else if (oldestOfNextSweep.isEmpty()) {
            oldestOfNextSweep = OptionalLong.of(nowNanos);
        }
    }

    /** The row waits no more, if it did. */
    void remove(int row) {
        if (!rows.get(row)) {
            return;
        }
        rows.clear(row);
        size--;
        if (size == 0) {
            clear();
        }
    }

    void clear() {
        rows.clear();
        size = 0;
        position = 0;
        oldest = OptionalLong.empty();
        oldestOfNextSweep = OptionalLong.empty();
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** When the row that waits longest came, or a little earlier. */
    OptionalLong oldest() {
        return oldest;
    }

    /** Up to so many rows whose turn it is; they wait on until they are removed. */
    Rows next(int count, PrefixTable prefixes) {
        if (rows.nextSetBit(position) < 0) {
            position = 0;
            oldest = oldestOfNextSweep.isPresent() ? oldestOfNextSweep : oldest;
        }
        if (position == 0) {
            oldestOfNextSweep = OptionalLong.empty();
        }
        var next = new Rows(prefixes);
        for (int row = rows.nextSetBit(position); row >= 0 && next.size() < count; row = rows.nextSetBit(row + 1)) {
            next.add(row);
        }
        return next;
    }

    /** Everything before this row has had its turn. */
    void continueAt(int row) {
        position = row;
    }
}
