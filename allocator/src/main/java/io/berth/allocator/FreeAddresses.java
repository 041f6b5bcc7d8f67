package io.berth.allocator;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses of one piece of a pool are free, and which of them is the lowest.
 *
 * <p>A tree of 64-bit words over the distances from the first address: at the bottom a bit stands for an address, above it for a
 * child; it is set where nothing is left. The lowest free address is found by the lowest clear bit on each level. A child that
 * nothing was taken from does not exist, and the tree is only as high as the furthest taken address needs: giving out the lowest
 * addresses of a /64 costs what it costs in a /16, and an empty pool of any size is one word.
 *
 * <p>Nobody fills 2^60 addresses, so beyond these the lowest free one is never looked for: there a set of the taken ones will do.
 *
 * <p>Where addresses ending in .0 and .255 are avoided their bits are set from the start. At most two of them stand side by side
 * and the piece is trimmed at its ends, so every child starts with something to give.
 */
final class FreeAddresses {

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
    private final Set<Address> takenBeyond = new HashSet<>();

    /** A word and, above the bottom, what is below it. */
    private static final class Node {
        private long full;
        private @Nullable Node @Nullable [] children;
        private int born;

        Node(long full) {
            this.full = full;
        }
    }

    FreeAddresses(AddressRange piece, Pool.BuggyIps buggyIps) {
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

    /** How far an address that is not below the first lies from it; {@link #NEAR} for all that are at least as far. */
    private long distance(Address address) {
        long low = address.low() - first.low();
        boolean borrows = Long.compareUnsigned(address.low(), first.low()) < 0;
        long high = address.high() - first.high() - (borrows ? 1 : 0);
        return high != 0 || low < 0 || low >= NEAR ? NEAR : low;
    }

    /** The lowest free address; null where there is none. */
    @Nullable
    Address lowest() {
        long offset = root.full == FULL ? span(height + 1) : lowest(root, height, 0);
        return offset < size ? first.plus(pastAvoided(offset)) : null;
    }

    private static long lowest(Node node, int level, long base) {
        int child = Long.numberOfTrailingZeros(~node.full);
        long offset = base + child * span(level);
        Node below = child(node, child);
        return level == 0 || below == null ? offset : lowest(below, level - 1, offset);
    }

    /** How many addresses one bit of a level stands for; as good as endless above the highest. */
    private static long span(int level) {
        return level * BITS >= 60 ? NEAR : 1L << level * BITS;
    }

    private static @Nullable Node child(Node node, int child) {
        return node.children == null ? null : node.children[child];
    }

    private long pastAvoided(long offset) {
        long given = offset;
        while (isAvoided(first.plus(given))) {
            given++;
        }
        return given;
    }

    private static int childOf(long offset, int level) {
        return (int) (offset >>> level * BITS) & FANOUT - 1;
    }

    /** Takes an address out that is free. */
    void take(Address address) {
        long offset = distance(address);
        if (offset >= NEAR) {
            takenBeyond.add(address);
            return;
        }
        while (offset >= span(height + 1)) {
            grow();
        }
        take(root, height, offset);
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
        parent.born++;
    }

    private void take(Node node, int level, long offset) {
        int index = childOf(offset, level);
        if (level == 0) {
            node.full |= 1L << index;
            return;
        }
        Node below = child(node, index);
        if (below == null) {
            below = new Node(untouched(level - 1, offset & -span(level)));
            adopt(node, index, below);
        }
        take(below, level - 1, offset);
        if (below.full == FULL) {
            node.full |= 1L << index;
        }
    }

    /** Puts an address back that was taken. */
    void giveBack(Address address) {
        long offset = distance(address);
        if (offset >= NEAR) {
            takenBeyond.remove(address);
            return;
        }
        giveBack(root, height, offset);
        if (root.born == 0 && height > 0) {
            root = new Node(untouched(0, 0));
            height = 0;
        }
    }

    /** Lets go of children that are as good as new, so that the tree is no larger for what was taken once. */
    private void giveBack(Node node, int level, long offset) {
        int index = childOf(offset, level);
        node.full &= ~(1L << index);
        Node below = child(node, index);
        if (level == 0 || below == null || node.children == null) {
            return;
        }
        giveBack(below, level - 1, offset);
        if (below.born == 0 && below.full == untouched(level - 1, offset & -span(level))) {
            node.children[index] = null;
            node.born--;
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
