package io.berth.allocator;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who has which address of one piece of a pool, and which address is the lowest that nobody has.
 *
 * <p>A tree of 64-bit words over the distances from the first address: at the bottom a bit stands for an address, above it for a
 * child; it is set where nothing is left. The lowest free address is found by the lowest clear bit on each level. A child that
 * nothing was taken from does not exist, and the tree is only as high as the furthest taken address needs: giving out the lowest
 * addresses of a /64 costs what it costs in a /16, and an empty pool of any size is one word. Occupants stand beside the words at
 * the bottom, so that neighbours are neighbours in memory, too.
 *
 * <p>Nobody fills 2^60 addresses, so beyond these the lowest free one is never looked for: there a map of the taken ones will do.
 *
 * <p>Where addresses ending in .0 and .255 are avoided their bits are set from the start. At most two of them stand side by side
 * and the piece is trimmed at its ends, so every child starts with something to give.
 */
final class AddressTable {

    private static final int BITS = 6;
    private static final int FANOUT = 1 << BITS;
    private static final long FULL = -1L;
    private static final long NEAR = 1L << 60;

    private final Pool.BuggyIps buggyIps;
    private final Address first;

    /** How many addresses the tree is about, buggy ones included; 0 where the piece has none to give. */
    private final long size;

    private int height;
    private Node root;
    private final Map<Address, Occupant> beyond = new HashMap<>();

    /** A word, and what its bits stand for: children, or occupants at the bottom. */
    private static final class Node {
        private long full;
        private int inhabited;
        private @Nullable Node @Nullable [] children;
        private @Nullable Occupant @Nullable [] occupants;

        Node(long full) {
            this.full = full;
        }
    }

    AddressTable(AddressRange piece, Pool.BuggyIps buggyIps) {
        this.buggyIps = buggyIps;
        Address from = piece.first();
        Address to = piece.last();
        while (isAvoided(from) && from.compareTo(to) < 0) {
            from = from.next();
        }
        while (isAvoided(to) && from.compareTo(to) < 0) {
            to = to.previous();
        }
        this.first = from;
        this.size = isAvoided(from) ? 0 : Math.min(NEAR, distance(to) + 1);
        this.root = new Node(untouched(0, 0));
    }

    private boolean isAvoided(Address address) {
        return buggyIps == Pool.BuggyIps.AVOIDED && Pool.isBuggy(address);
    }

    /** How far an address lies from the first; {@link #NEAR} for all that are at least as far, or lie before it. */
    private long distance(Address address) {
        long low = address.low() - first.low();
        boolean borrows = Long.compareUnsigned(address.low(), first.low()) < 0;
        long high = address.high() - first.high() - (borrows ? 1 : 0);
        return high != 0 || low < 0 || low >= NEAR ? NEAR : low;
    }

    boolean isFull() {
        return root.full == FULL && span(height + 1) >= size;
    }

    /** The lowest free address; null where there is none. */
    @Nullable
    Address lowest() {
        long offset = root.full == FULL ? span(height + 1) : lowest(root, height, 0);
        return offset < size ? first.plus(pastAvoided(offset)) : null;
    }

    private static long lowest(Node node, int level, long base) {
        int index = Long.numberOfTrailingZeros(~node.full);
        long offset = base + index * span(level);
        Node below = child(node, index);
        return below == null ? offset : lowest(below, level - 1, offset);
    }

    /** How many addresses one bit of a level stands for; as good as endless above the highest. */
    private static long span(int level) {
        return level * BITS >= 60 ? NEAR : 1L << level * BITS;
    }

    private static @Nullable Node child(Node node, int index) {
        return node.children == null ? null : node.children[index];
    }

    private long pastAvoided(long offset) {
        long given = offset;
        if (buggyIps == Pool.BuggyIps.AVOIDED) {
            while (isAvoided(first.plus(given))) {
                given++;
            }
        }
        return given;
    }

    private static int index(long offset, int level) {
        return (int) (offset >>> level * BITS) & FANOUT - 1;
    }

    /** Who has an address of the piece; null where nobody does. */
    @Nullable
    Occupant occupant(Address address) {
        long offset = distance(address);
        if (offset >= NEAR) {
            return beyond.get(address);
        }
        Node node = offset < span(height + 1) ? root : null;
        for (int level = height; level > 0 && node != null; level--) {
            node = child(node, index(offset, level));
        }
        return node == null || node.occupants == null ? null : node.occupants[index(offset, 0)];
    }

    /** Gives an address to somebody, in the place of whoever has it. */
    void put(Address address, Occupant occupant) {
        long offset = distance(address);
        if (offset >= NEAR) {
            beyond.put(address, occupant);
            return;
        }
        while (offset >= span(height + 1)) {
            grow();
        }
        put(root, height, offset, occupant);
    }

    private void grow() {
        Node higher = new Node(untouched(height + 1, 0));
        adopt(higher, 0, root);
        if (root.full == FULL) {
            higher.full |= 1;
        }
        root = higher;
        height++;
    }

    private static void adopt(Node parent, int index, Node child) {
        if (parent.children == null) {
            parent.children = new Node[FANOUT];
        }
        parent.children[index] = child;
        parent.inhabited++;
    }

    private void put(Node node, int level, long offset, Occupant occupant) {
        int index = index(offset, level);
        if (level == 0) {
            settle(node, index, offset, occupant);
            return;
        }
        Node below = child(node, index);
        if (below == null) {
            below = new Node(untouched(level - 1, offset & -span(level)));
            adopt(node, index, below);
        }
        put(below, level - 1, offset, occupant);
        if (below.full == FULL) {
            node.full |= 1L << index;
        }
    }

    private void settle(Node node, int index, long offset, Occupant occupant) {
        if (node.occupants == null) {
            long base = offset - index;
            node.occupants = new Occupant[(int) Math.min(FANOUT, size - base)];
        }
        if (node.occupants[index] == null) {
            node.inhabited++;
        }
        node.occupants[index] = occupant;
        node.full |= 1L << index;
    }

    /** Takes an address from whoever has it. */
    void free(Address address) {
        long offset = distance(address);
        if (offset >= NEAR) {
            beyond.remove(address);
            return;
        }
        free(root, height, offset);
        if (root.inhabited == 0) {
            root = new Node(untouched(0, 0));
            height = 0;
        }
    }

    /** Lets go of children that nobody is left in, so that the tree is no larger for what was taken once. */
    private static void free(Node node, int level, long offset) {
        int index = index(offset, level);
        node.full &= ~(1L << index);
        if (level == 0) {
            if (node.occupants != null) {
                node.occupants[index] = null;
                node.inhabited--;
            }
            return;
        }
        Node below = child(node, index);
        if (below != null && node.children != null) {
            free(below, level - 1, offset);
            if (below.inhabited == 0) {
                node.children[index] = null;
                node.inhabited--;
            }
        }
    }

    void forEach(Consumer<Occupant> visit) {
        forEach(root, visit);
        beyond.values().forEach(visit);
    }

    private static void forEach(Node node, Consumer<Occupant> visit) {
        if (node.occupants != null) {
            for (Occupant occupant : node.occupants) {
                if (occupant != null) {
                    visit.accept(occupant);
                }
            }
        }
        if (node.children != null) {
            for (Node child : node.children) {
                if (child != null) {
                    forEach(child, visit);
                }
            }
        }
    }

    /** The word of a node that nothing was taken from: bits are set for what lies behind the end, and for what is avoided. */
    private long untouched(int level, long base) {
        long word = 0;
        long inside = size - base + span(level) - 1 >>> level * BITS;
        if (inside < FANOUT) {
            word = FULL << inside;
        }
        if (level == 0 && buggyIps == Pool.BuggyIps.AVOIDED && first.family() == Family.IPV4) {
            int octet = (int) (first.low() + base & 0xFF);
            word |= bit(256 - octet & 0xFF) | bit(255 - octet);
        }
        return word;
    }

    private static long bit(int index) {
        return index < FANOUT ? 1L << index : 0;
    }
}
