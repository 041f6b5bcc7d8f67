package io.berth.allocator;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What every service has, by its key. An open-addressing table with the hashes beside the values: with a hundred thousand services
 * a decision costs what it has to fetch from memory, and this fetches one thing less for each than a map with an object per entry.
 *
 * <p>Collisions go to the next slot; what is removed leaves no mark, those behind it move up.
 */
final class Holdings {

    private static final int SMALLEST = 16;

    /** Golden ratio: spreads hashes that differ in few bits over the upper ones. */
    private static final int SPREAD = 0x9E37_79B9;

    private int[] hashes = new int[SMALLEST];
    private @Nullable Holding[] slots = new Holding[SMALLEST];
    private int size;

    /** What a service has; null where it has nothing. */
    @Nullable
    Holding get(ServiceKey service) {
        return slots[slotOf(service)];
    }

    /** The slot where a service's holding is, or would be. */
    private int slotOf(ServiceKey service) {
        int hash = service.hashCode();
        int slot = home(hash);
        for (Holding there = slots[slot]; there != null; there = slots[slot]) {
            if (hashes[slot] == hash && there.request().service().equals(service)) {
                break;
            }
            slot = after(slot);
        }
        return slot;
    }

    private int home(int hash) {
        return hash * SPREAD >>> Integer.numberOfLeadingZeros(slots.length) + 1;
    }

    private int after(int slot) {
        return slot + 1 & slots.length - 1;
    }

    /** Notes what a service has now; returns what it had, null where that was nothing. */
    @Nullable
    Holding put(Holding holding) {
        if (2 * size >= slots.length) {
            resize(2 * slots.length);
        }
        ServiceKey service = holding.request().service();
        int slot = slotOf(service);
        Holding before = slots[slot];
        size += before == null ? 1 : 0;
        slots[slot] = holding;
        hashes[slot] = service.hashCode();
        return before;
    }

    private void resize(int length) {
        Holding[] present = stream().toArray(Holding[]::new);
        slots = new Holding[length];
        hashes = new int[length];
        for (Holding holding : present) {
            int slot = slotOf(holding.request().service());
            slots[slot] = holding;
            hashes[slot] = holding.request().service().hashCode();
        }
    }

    /** Forgets a service; returns what it had, null where that was nothing. */
    @Nullable
    Holding remove(ServiceKey service) {
        int gap = slotOf(service);
        Holding gone = slots[gap];
        if (gone == null) {
            return null;
        }
        size--;
        for (int slot = after(gap); slots[slot] != null; slot = after(slot)) {
            if (mayMove(slot, gap)) {
                slots[gap] = slots[slot];
                hashes[gap] = hashes[slot];
                gap = slot;
            }
        }
        slots[gap] = null;
        return gone;
    }

    /** Whether what is in a slot is still found if it moves to a gap before it: its home does not lie between the two. */
    private boolean mayMove(int slot, int gap) {
        int mask = slots.length - 1;
        return (slot - home(hashes[slot]) & mask) >= (slot - gap & mask);
    }

    Stream<Holding> stream() {
        return Arrays.stream(slots).filter(Objects::nonNull);
    }
}
