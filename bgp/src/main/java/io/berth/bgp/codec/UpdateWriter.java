package io.berth.bgp.codec;

import io.berth.bgp.Prefix;
import io.berth.bgp.message.AttributeType;
import io.berth.bgp.message.AttributeType.Flags;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.Message;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Packs prefixes into UPDATEs that never pass the size the peer takes. Each message holds one kind of prefixes only, withdrawn
 * or announced, classic or multiprotocol (RFC 7606 section 5.1).
 */
public final class UpdateWriter {

    private static final int CLASSIC_LENGTHS = 4;
    /** flags, code, a length of two octets, AFI, SAFI. */
    private static final int MULTIPROTOCOL_HEAD = 7;

    private final int maxMessage;
    private final ByteBuf out;
    private int messages;

    /**
     * @param maxMessage the largest message the peer takes, in octets
     * @param out where the messages go, one behind the other
     */
    public UpdateWriter(int maxMessage, ByteBuf out) {
        this.maxMessage = maxMessage;
        this.out = out;
    }

    /** How many messages have been written. */
    public int messages() {
        return messages;
    }

    /**
     * Whether a message has room for these attributes and at least one prefix; where it has not, the routes cannot be announced
     * at all.
     */
    public static boolean fits(AttributeBlock.Encoded block, int maxMessage) {
        int longestPrefix = 1 + block.family().addressLength();
        return roomForPrefixes(block, maxMessage) >= longestPrefix;
    }

    /** How many octets of prefixes one message with these attributes has room for. */
    public static int roomForPrefixes(AttributeBlock.Encoded block, int maxMessage) {
        int head = MessageCodec.HEADER + CLASSIC_LENGTHS + block.attributes().length();
        return block.family() == Family.IPV4_UNICAST
                ? maxMessage - head
                : maxMessage - head - MULTIPROTOCOL_HEAD - 2 - block.family().addressLength();
    }

    /** How many octets of withdrawn prefixes one message has room for. */
    public static int roomForWithdrawals(Family family, int maxMessage) {
        int head = MessageCodec.HEADER + CLASSIC_LENGTHS;
        return family == Family.IPV4_UNICAST ? maxMessage - head : maxMessage - head - MULTIPROTOCOL_HEAD;
    }

    /** Writes as many messages as these prefixes need. */
    public void announce(AttributeBlock.Encoded block, List<Prefix> prefixes) {
        int room = roomForPrefixes(block, maxMessage);
        for (int from = 0; from < prefixes.size(); ) {
            int to = chunkEnd(prefixes, from, room);
            announceOnce(block, prefixes.subList(from, to));
            from = to;
        }
    }

    /** Writes as many messages as these prefixes need. */
    public void withdraw(Family family, List<Prefix> prefixes) {
        int room = roomForWithdrawals(family, maxMessage);
        for (int from = 0; from < prefixes.size(); ) {
            int to = chunkEnd(prefixes, from, room);
            withdrawOnce(family, prefixes.subList(from, to));
            from = to;
        }
    }

    /** Writes the End-of-RIB marker of a family (RFC 4724 section 2). */
    public void endOfRib(Family family) {
        withdrawOnce(family, List.of());
    }

    private static int chunkEnd(List<Prefix> prefixes, int from, int room) {
        int to = from;
        for (int used = 0; to < prefixes.size(); to++) {
            used += NlriCodec.encodedLength(prefixes.get(to));
            if (used > room) {
                break;
            }
        }
        if (to == from) {
            throw new IllegalArgumentException("no room for " + prefixes.get(from) + " in " + room + " octets");
        }
        return to;
    }

    private void announceOnce(AttributeBlock.Encoded block, List<Prefix> prefixes) {
        int start = begin();
        out.writeShort(0);
        int attributesAt = out.writerIndex();
        out.writeShort(0);
        if (block.family() != Family.IPV4_UNICAST) {
            writeReachable(block, prefixes);
        }
        block.attributes().writeTo(out);
        out.setShort(attributesAt, out.writerIndex() - attributesAt - 2);
        if (block.family() == Family.IPV4_UNICAST) {
            prefixes.forEach(prefix -> NlriCodec.encode(prefix, out));
        }
        end(start);
    }

    private void writeReachable(AttributeBlock.Encoded block, List<Prefix> prefixes) {
        int lengthAt = beginMultiprotocol(AttributeType.MP_REACH_NLRI, block.family());
        byte[] nextHop = block.nextHop().getAddress();
        out.writeByte(nextHop.length).writeBytes(nextHop).writeByte(0);
        prefixes.forEach(prefix -> NlriCodec.encode(prefix, out));
        out.setShort(lengthAt, out.writerIndex() - lengthAt - 2);
    }

    private void withdrawOnce(Family family, List<Prefix> prefixes) {
        int start = begin();
        int lengthAt = out.writerIndex();
        out.writeShort(0);
        if (family == Family.IPV4_UNICAST) {
            prefixes.forEach(prefix -> NlriCodec.encode(prefix, out));
            out.setShort(lengthAt, out.writerIndex() - lengthAt - 2);
            out.writeShort(0);
        } else {
            int attributesAt = out.writerIndex();
            out.writeShort(0);
            int valueLengthAt = beginMultiprotocol(AttributeType.MP_UNREACH_NLRI, family);
            prefixes.forEach(prefix -> NlriCodec.encode(prefix, out));
            out.setShort(valueLengthAt, out.writerIndex() - valueLengthAt - 2);
            out.setShort(attributesAt, out.writerIndex() - attributesAt - 2);
        }
        end(start);
    }

    private int beginMultiprotocol(AttributeType type, Family family) {
        out.writeByte(type.flags() | Flags.EXTENDED_LENGTH_BIT).writeByte(type.code());
        int lengthAt = out.writerIndex();
        out.writeShort(0).writeShort(family.afi()).writeByte(family.safi());
        return lengthAt;
    }

    private int begin() {
        return MessageCodec.begin(Message.Type.UPDATE, out);
    }

    private void end(int start) {
        MessageCodec.end(start, out);
        messages++;
    }
}
