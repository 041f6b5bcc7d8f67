package io.berth.bgp.codec;

import io.berth.bgp.message.Octets;
import java.util.Arrays;

/**
 * Reads big-endian fields from a part of a message and cannot see beyond that part. Each TLV gets a reader of its own, so a
 * length that lies is found once, where the part is cut out, and no inner code can be led astray by it.
 */
final class WireReader {

    /** A field or part that does not fit into what is left. Caught where it is known what that means for the message. */
    static final class Overrun extends RuntimeException {
        Overrun(int wanted, int left) {
            super(wanted + " octets wanted, " + left + " left", null, false, false);
        }
    }

    private final byte[] octets;
    private final int end;
    private int position;

    WireReader(byte[] octets) {
        this(octets, 0, octets.length);
    }

    private WireReader(byte[] octets, int from, int end) {
        this.octets = octets;
        this.position = from;
        this.end = end;
    }

    boolean hasMore() {
        return position < end;
    }

    int left() {
        return end - position;
    }

    int u8() {
        return octets[advance(1)] & 0xFF;
    }

    int u16() {
        return u8() << 8 | u8();
    }

    int s32() {
        return u16() << 16 | u16();
    }

    long u32() {
        return s32() & 0xFFFF_FFFFL;
    }

    long s64() {
        return u32() << 32 | u32();
    }

    byte[] bytes(int length) {
        int from = advance(length);
        return Arrays.copyOfRange(octets, from, from + length);
    }

    Octets rest() {
        return Octets.of(bytes(left()));
    }

    /** The next octets as a part of their own. */
    WireReader part(int length) {
        int from = advance(length);
        return new WireReader(octets, from, from + length);
    }

    /** The same octets once more, from where this reader stands. */
    WireReader copy() {
        return new WireReader(octets, position, end);
    }

    private int advance(int length) {
        if (length > end - position) {
            throw new Overrun(length, end - position);
        }
        int from = position;
        position += length;
        return from;
    }
}
