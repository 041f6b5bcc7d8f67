package io.berth.bgp.codec;

import io.berth.bgp.Prefix;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** Prefixes of one family in the order in which they go to the wire, without having to be objects. */
public interface Nlri {

    /** How many there are. */
    int size();

    /** How many octets the prefix at this index takes, its length octet included. */
    int encodedLength(int index);

    /** Writes the prefix at this index (RFC 4271 section 4.3). */
    void encode(int index, ByteBuf out);

    /** These prefixes. */
    static Nlri of(List<Prefix> prefixes) {
        return new Nlri() {
            @Override
            public int size() {
                return prefixes.size();
            }

            @Override
            public int encodedLength(int index) {
                return NlriCodec.encodedLength(prefixes.get(index));
            }

            @Override
            public void encode(int index, ByteBuf out) {
                NlriCodec.encode(prefixes.get(index), out);
            }
        };
    }
}
