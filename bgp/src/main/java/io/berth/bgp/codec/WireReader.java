package io.berth.bgp.codec;

import io.berth.bgp.message.Octets;

/**
 * Reads big-endian fields from a part of a message and cannot see beyond that part. Each TLV gets a reader of its own, so a
 * length that lies is found once, where the part is cut out, and no inner code can be led astray by it.
 *
 * <p>Whatever does not fit into what is left is a {@link BadValue}.
 */
final class WireReader {

    private final Octets octets;
    private final int end;
    private int position;

    WireReader(Octets octets) {
        this(octets, 0, octets.length());
    }

    private WireReader(Octets octets, int from, int end) {
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
        return octets.at(advance(1));
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

    Octets octets(int length) {
        int from = advance(length);
        return octets.slice(from, length);
    }

    Octets rest() {
        return octets(left());
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
            throw new BadValue(length + " octets wanted, " + (end - position) + " left");
        }
        int from = position;
        position += length;
        return from;
    }
}
