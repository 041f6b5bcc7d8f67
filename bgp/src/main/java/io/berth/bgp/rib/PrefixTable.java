package io.berth.bgp.rib;

import io.berth.bgp.Prefix;
import io.berth.bgp.message.Family;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * The prefixes of one family by number, their row: a small number for as long as anybody keeps something of the prefix, so that
 * what is kept for each peer is a bit or an int at that row.
 *
 * <p>Columns of primitives instead of an object for each prefix: an IPv4 prefix takes 5 octets, an IPv6 prefix 17, and either
 * one about 6 more in the index, which is an open-addressing hash table of rows. A row that is given back is the next to be
 * given out.
 */
final class PrefixTable {

    private static final int SMALLEST = 16;

    /** In the index: nothing here. Rows are kept as row + 1. */
    private static final int EMPTY = 0;

    /** In {@link #lengths}: the row is free, and its first word is the row of the next one that is. */
    private static final byte FREE = -1;

    private static final int NO_ROW = -1;

    private final Family family;

    /** How many ints an address takes: 1 or 4. */
    private final int words;

    private int[] addresses;
    private byte[] lengths = new byte[SMALLEST];
    private int[] index = new int[2 * SMALLEST];
    private int bound;
    private int taken;
    private int firstFree = NO_ROW;

    PrefixTable(Family family) {
        this.family = family;
        this.words = family.addressLength() / Integer.BYTES;
        this.addresses = new int[SMALLEST * words];
    }

    /** Every row is below this. */
    int bound() {
        return bound;
    }

    /** No row is at or above this until the table grows, which it does by a quarter at a time. */
    int capacity() {
        return lengths.length;
    }

    /** The row of a prefix of the family, where it has one. */
    OptionalInt find(Prefix prefix) {
        int row = index[slot(words(prefix), prefix.length())];
        return row == EMPTY ? OptionalInt.empty() : OptionalInt.of(row - 1);
    }

    /** The row of a prefix of the family, a new one where it has none. */
    int intern(Prefix prefix) {
        int[] address = words(prefix);
        int slot = slot(address, prefix.length());
        if (index[slot] != EMPTY) {
            return index[slot] - 1;
        }
        int row = freeRow();
        System.arraycopy(address, 0, addresses, row * words, words);
        lengths[row] = (byte) prefix.length();
        index[slot] = row + 1;
        taken++;
        if (taken > index.length - index.length / 8) {
            reindex();
        }
        return row;
    }

    /** Whether this row, which is below {@link #bound}, has a prefix. */
    boolean isTaken(int row) {
        return lengths[row] != FREE;
    }

    /** Gives the row back; the next new prefix gets it. */
    void release(int row) {
        unindex(slotOf(row));
        lengths[row] = FREE;
        addresses[row * words] = firstFree;
        firstFree = row;
        taken--;
    }

    Prefix prefix(int row) {
        ByteBuffer octets = ByteBuffer.allocate(family.addressLength());
        for (int i = 0; i < words; i++) {
            octets.putInt(addresses[row * words + i]);
        }
        return new Prefix(family.address(octets.array()), length(row));
    }

    /** How many octets the prefix takes on the wire, its length octet included. */
    int encodedLength(int row) {
        return 1 + (length(row) + 7) / 8;
    }

    /** Writes the prefix (RFC 4271 section 4.3). */
    void encode(int row, ByteBuf out) {
        int octets = encodedLength(row) - 1;
        int word = row * words;
        out.writeByte(length(row));
        for (; octets >= Integer.BYTES; octets -= Integer.BYTES) {
            out.writeInt(addresses[word++]);
        }
        for (int shift = 24; octets > 0; octets--, shift -= 8) {
            out.writeByte(addresses[word] >>> shift);
        }
    }

    /** An IPv6 length of 128 does not fit into a signed octet. */
    private int length(int row) {
        return lengths[row] & 0xFF;
    }

    private int[] words(Prefix prefix) {
        int[] address = new int[words];
        ByteBuffer.wrap(prefix.address().getAddress()).asIntBuffer().get(address);
        return address;
    }

    private int freeRow() {
        if (firstFree != NO_ROW) {
            int row = firstFree;
            firstFree = addresses[row * words];
            return row;
        }
        if (bound == lengths.length) {
            int larger = bound + bound / 4;
            lengths = Arrays.copyOf(lengths, larger);
            addresses = Arrays.copyOf(addresses, larger * words);
        }
        return bound++;
    }

    /** Where the index has this prefix, or would have it. */
    private int slot(int[] address, int length) {
        int slot = home(hash(address, 0, length));
        while (index[slot] != EMPTY && !isAt(index[slot] - 1, address, length)) {
            slot = next(slot);
        }
        return slot;
    }

    private boolean isAt(int row, int[] address, int length) {
        int from = row * words;
        return length(row) == length && Arrays.equals(addresses, from, from + words, address, 0, words);
    }

    private int slotOf(int row) {
        int slot = homeOf(row);
        while (index[slot] != row + 1) {
            slot = next(slot);
        }
        return slot;
    }

    private int homeOf(int row) {
        return home(hash(addresses, row * words, length(row)));
    }

    private int hash(int[] address, int from, int length) {
        int hash = length;
        for (int i = from; i < from + words; i++) {
            // The golden ratio scatters neighbours, of which pools consist.
            hash = (hash ^ address[i]) * 0x9E3779B9;
            hash ^= hash >>> 15;
        }
        return hash;
    }

    private int home(int hash) {
        return hash & index.length - 1;
    }

    private int next(int slot) {
        return slot + 1 & index.length - 1;
    }

    /** Empties a slot and moves up what was displaced by it, so that no search ends early. */
    private void unindex(int emptied) {
        int hole = emptied;
        for (int slot = next(hole); index[slot] != EMPTY; slot = next(slot)) {
            int distance = slot - homeOf(index[slot] - 1) & index.length - 1;
            if (distance >= (slot - hole & index.length - 1)) {
                index[hole] = index[slot];
                hole = slot;
            }
        }
        index[hole] = EMPTY;
    }

    private void reindex() {
        index = new int[2 * index.length];
        for (int row = 0; row < bound; row++) {
            if (isTaken(row)) {
                int slot = homeOf(row);
                while (index[slot] != EMPTY) {
                    slot = next(slot);
                }
                index[slot] = row + 1;
            }
        }
    }
}
