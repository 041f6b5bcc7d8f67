package io.berth.bgp.rib;

import io.berth.bgp.codec.Nlri;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Some rows of a table of prefixes, in the order in which they go to the wire. */
final class Rows implements Nlri {

    private final PrefixTable prefixes;
    private int[] rows = new int[16];
    private int size;

    Rows(PrefixTable prefixes) {
        this.prefixes = prefixes;
    }

    void add(int row) {
        if (size == rows.length) {
            rows = Arrays.copyOf(rows, 2 * size);
        }
        rows[size++] = row;
    }

    int get(int index) {
        return rows[index];
    }

    /** The last of them, of which there must be one. */
    int last() {
        return rows[size - 1];
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int encodedLength(int index) {
        return prefixes.encodedLength(rows[index]);
    }

    @Override
    public void encode(int index, ByteBuf out) {
        prefixes.encode(rows[index], out);
    }
}
