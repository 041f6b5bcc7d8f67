package io.berth.bgp.codec;

import static io.berth.bgp.message.AttributeType.MP_REACH_NLRI;
import static io.berth.bgp.message.AttributeType.MP_UNREACH_NLRI;

import io.berth.bgp.codec.AttributeBlock.Form;
import io.berth.bgp.codec.AttributeBlock.Image;
import io.berth.bgp.message.AttributeType;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.Message;
import io.berth.bgp.message.RouteRefresh;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Packs prefixes into UPDATEs that never pass the size the peer takes.
 *
 * <pre>
 *  Header 19 | Withdrawn Routes Length 2 | Withdrawn Routes | Total Path Attribute Length 2 | Path Attributes | NLRI
 * </pre>
 *
 * Each message holds one kind of prefixes only, withdrawn or announced, classic or multiprotocol, and a multiprotocol attribute
 * stands before all others (RFC 7606 section 5.1): what every router takes.
 */
public final class UpdateWriter {

    /** The header and the two length fields. */
    private static final int FRAME = MessageCodec.HEADER + 4;

    /** AFI and SAFI. */
    private static final int FAMILY = 3;

    /** Flags, type code, and a length of two octets: what has to be reckoned with. */
    private static final int LONG_ATTRIBUTE_HEAD = 4;

    private final int maxMessage;
    private final ByteBuf out;
    private final int start;
    private int messages;

    /**
     * @param maxMessage the largest message the peer takes, in octets
     * @param out where the messages go, one behind the other
     */
    public UpdateWriter(int maxMessage, ByteBuf out) {
        this.maxMessage = maxMessage;
        this.out = out;
        this.start = out.writerIndex();
    }

    /** How many UPDATEs have been written. */
    public int messages() {
        return messages;
    }

    /** How many octets have been written since this writer began. */
    public int octets() {
        return out.writerIndex() - start;
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
        int room = maxMessage - FRAME - block.attributes().length();
        return switch (block.form()) {
            case Form.Classic _ -> room;
            case Form.Multiprotocol(Image nextHop) -> room - LONG_ATTRIBUTE_HEAD - reachHead(nextHop);
        };
    }

    private static int roomForWithdrawals(Family family, int maxMessage) {
        int room = maxMessage - FRAME;
        return isClassic(family) ? room : room - LONG_ATTRIBUTE_HEAD - FAMILY;
    }

    /** Withdrawals of IPv4 are classic wherever it was announced: a peer of any age takes them (RFC 4760 section 4). */
    private static boolean isClassic(Family family) {
        return family == Family.IPV4_UNICAST;
    }

    /** What stands before the prefixes in MP_REACH_NLRI: family, length of the next hop, next hop, a reserved octet. */
    private static int reachHead(Image nextHop) {
        return FAMILY + 1 + nextHop.length() + 1;
    }

    /** Writes as many messages as these prefixes of the family of {@code block} need. */
    public void announce(AttributeBlock.Encoded block, Nlri prefixes) {
        Chunk rest = Chunk.of(prefixes, announceWholeMessages(block, prefixes), roomForPrefixes(block, maxMessage));
        if (rest.from < rest.to) {
            announce(block, rest);
        }
    }

    /**
     * Writes the messages that these prefixes fill, and not the one that more prefixes could join.
     *
     * @return how many of the prefixes were written
     */
    public int announceWholeMessages(AttributeBlock.Encoded block, Nlri prefixes) {
        int room = roomForPrefixes(block, maxMessage);
        int from = 0;
        for (Chunk chunk = Chunk.of(prefixes, from, room);
                chunk.to < prefixes.size();
                chunk = Chunk.of(prefixes, from, room)) {
            announce(block, chunk);
            from = chunk.to;
        }
        return from;
    }

    private void announce(AttributeBlock.Encoded block, Chunk chunk) {
        switch (block.form()) {
            case Form.Classic _ -> announceClassic(block, chunk);
            case Form.Multiprotocol(Image nextHop) -> announceMultiprotocol(block, nextHop, chunk);
        }
    }

    /** Writes as many messages as these prefixes of one family need. */
    public void withdraw(Family family, Nlri prefixes) {
        int room = roomForWithdrawals(family, maxMessage);
        for (int from = 0; from < prefixes.size(); ) {
            Chunk chunk = Chunk.of(prefixes, from, room);
            withdraw(family, chunk);
            from = chunk.to;
        }
    }

    /** Writes the End-of-RIB marker of a family (RFC 4724 section 2). */
    public void endOfRib(Family family) {
        withdraw(family, Chunk.of(Nlri.of(List.of()), 0, 0));
    }

    /** Writes a marker of a refresh between UPDATEs (RFC 7313); it is not counted among them. */
    public void marker(RouteRefresh marker) {
        MessageCodec.encode(marker, out);
    }

    private void announceClassic(AttributeBlock.Encoded block, Chunk chunk) {
        int start = begin();
        out.writeShort(0);
        out.writeShort(block.attributes().length());
        block.attributes().writeTo(out);
        chunk.encode(out);
        end(start);
    }

    private void announceMultiprotocol(AttributeBlock.Encoded block, Image nextHop, Chunk chunk) {
        Family family = block.family();
        int valueLength = reachHead(nextHop) + chunk.octets;
        int start = begin();
        out.writeShort(0);
        out.writeShort(attributeLength(valueLength) + block.attributes().length());
        attributeHead(MP_REACH_NLRI, valueLength);
        out.writeShort(family.afi()).writeByte(family.safi());
        out.writeByte(nextHop.length());
        nextHop.writeTo(out);
        out.writeByte(0);
        chunk.encode(out);
        block.attributes().writeTo(out);
        end(start);
    }

    private void withdraw(Family family, Chunk chunk) {
        int start = begin();
        if (isClassic(family)) {
            out.writeShort(chunk.octets);
            chunk.encode(out);
            out.writeShort(0);
        } else {
            int valueLength = FAMILY + chunk.octets;
            out.writeShort(0);
            out.writeShort(attributeLength(valueLength));
            attributeHead(MP_UNREACH_NLRI, valueLength);
            out.writeShort(family.afi()).writeByte(family.safi());
            chunk.encode(out);
        }
        end(start);
    }

    private void attributeHead(AttributeType type, int valueLength) {
        AttributeEncoder.head(type.flags(), type.code(), valueLength, out);
    }

    private static int attributeLength(int valueLength) {
        return AttributeEncoder.headLength(valueLength) + valueLength;
    }

    private int begin() {
        return MessageCodec.begin(Message.Type.UPDATE, out);
    }

    private void end(int start) {
        MessageCodec.end(start, out);
        messages++;
    }

    /** As many prefixes as one message takes. */
    private record Chunk(Nlri prefixes, int from, int to, int octets) {

        static Chunk of(Nlri prefixes, int from, int room) {
            int octets = 0;
            int to = from;
            while (to < prefixes.size() && octets + prefixes.encodedLength(to) <= room) {
                octets += prefixes.encodedLength(to);
                to++;
            }
            if (to == from && to < prefixes.size()) {
                throw new IllegalArgumentException("no room for a prefix in " + room + " octets");
            }
            return new Chunk(prefixes, from, to, octets);
        }

        void encode(ByteBuf out) {
            for (int i = from; i < to; i++) {
                prefixes.encode(i, out);
            }
        }
    }
}
