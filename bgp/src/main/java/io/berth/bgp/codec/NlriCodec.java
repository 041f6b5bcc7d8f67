package io.berth.bgp.codec;

import io.berth.bgp.Prefix;
import io.berth.bgp.message.Family;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Prefixes on the wire (RFC 4271 section 4.3): a length in bits, then as many octets as that needs. Bits beyond the length
 * carry no meaning and are cleared on receipt.
 */
final class NlriCodec {

    private NlriCodec() {}

    static List<Prefix> decodeAll(WireReader nlri, Family family) {
        List<Prefix> prefixes = new ArrayList<>();
        while (nlri.hasMore()) {
            int length = nlri.u8();
            if (length > family.maxPrefixLength()) {
                throw new BadValue("prefix length " + length + " in " + family);
            }
            byte[] address = Arrays.copyOf(nlri.octets(octets(length)).toArray(), family.addressLength());
            prefixes.add(Prefix.containing(family.address(address), length));
        }
        return prefixes;
    }

    static void encode(Prefix prefix, ByteBuf out) {
        out.writeByte(prefix.length());
        out.writeBytes(prefix.address().getAddress(), 0, octets(prefix.length()));
    }

    /** How many octets one prefix takes, its length octet included. */
    static int encodedLength(Prefix prefix) {
        return 1 + octets(prefix.length());
    }

    private static int octets(int bits) {
        return (bits + 7) / 8;
    }
}
