package io.berth.bgp.codec;

import static io.berth.bgp.message.AttributeType.Flags.EXTENDED_LENGTH_BIT;

import io.berth.bgp.Asn;
import io.berth.bgp.codec.Negotiated.AsWidth;
import io.berth.bgp.message.AsPath;
import io.berth.bgp.message.AsPath.Segment;
import io.berth.bgp.message.AttributeType;
import io.berth.bgp.message.LargeCommunity;
import io.berth.bgp.message.Origin;
import io.berth.bgp.message.PathAttribute;
import io.berth.bgp.message.PathAttribute.Aggregator;
import io.berth.bgp.message.PathAttribute.AtomicAggregate;
import io.berth.bgp.message.PathAttribute.ClusterList;
import io.berth.bgp.message.PathAttribute.Communities;
import io.berth.bgp.message.PathAttribute.ExtendedCommunities;
import io.berth.bgp.message.PathAttribute.LargeCommunities;
import io.berth.bgp.message.PathAttribute.LocalPref;
import io.berth.bgp.message.PathAttribute.MultiExitDisc;
import io.berth.bgp.message.PathAttribute.OriginatorId;
import io.berth.bgp.message.PathAttribute.Path;
import io.berth.bgp.message.PathAttribute.RouteOrigin;
import io.berth.bgp.message.PathAttribute.Unknown;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Path attributes in the one form that every router takes: clean flags, long lengths only where needed. */
final class AttributeEncoder {

    /** The most AS numbers that one segment can count. */
    private static final int MAX_SEGMENT = 255;

    /** The most octets that a length of one octet can count. */
    private static final int MAX_SHORT = 255;

    /** An attribute ready for the wire. */
    record EncodedAttribute(int flags, int code, ByteBuf value) {

        void writeTo(ByteBuf out) {
            head(flags, code, value.readableBytes(), out);
            out.writeBytes(value.slice());
        }
    }

    private AttributeEncoder() {}

    /**
     * The attribute, and where a two-octet peer cannot read its AS numbers the companion that carries them (RFC 6793 section
     * 4.2.2).
     */
    static List<EncodedAttribute> encode(PathAttribute attribute, AsWidth width) {
        var encoded = new EncodedAttribute(flags(attribute), attribute.code(), value(attribute, width));
        return width == AsWidth.FOUR_OCTETS
                ? List.of(encoded)
                : companion(attribute)
                        .map(type -> List.of(encoded, of(type, value(attribute, AsWidth.FOUR_OCTETS))))
                        .orElse(List.of(encoded));
    }

    /** NEXT_HOP. */
    static EncodedAttribute nextHop(InetAddress address) {
        return of(AttributeType.NEXT_HOP, Unpooled.wrappedBuffer(address.getAddress()));
    }

    /** Flags, type code and length of an attribute. */
    static void head(int flags, int code, int length, ByteBuf out) {
        if (length > MAX_SHORT) {
            out.writeByte(flags | EXTENDED_LENGTH_BIT).writeByte(code).writeShort(length);
        } else {
            out.writeByte(flags).writeByte(code).writeByte(length);
        }
    }

    /** How many octets {@link #head} writes. */
    static int headLength(int length) {
        return length > MAX_SHORT ? 4 : 3;
    }

    private static EncodedAttribute of(AttributeType type, ByteBuf value) {
        return new EncodedAttribute(type.flags(), type.code(), value);
    }

    private static int flags(PathAttribute attribute) {
        return attribute instanceof Unknown unknown
                ? unknown.flags()
                : AttributeType.of(attribute.code()).flags();
    }

    private static Optional<AttributeType> companion(PathAttribute attribute) {
        return switch (attribute) {
            case Path(AsPath path)
            when path.numbers().stream().anyMatch(Asn::needsFourOctets) -> Optional.of(AttributeType.AS4_PATH);
            case Aggregator aggregator
            when aggregator.as().needsFourOctets() -> Optional.of(AttributeType.AS4_AGGREGATOR);
            default -> Optional.empty();
        };
    }

    private static ByteBuf value(PathAttribute attribute, AsWidth width) {
        ByteBuf value = Unpooled.buffer();
        switch (attribute) {
            case RouteOrigin(Origin origin) -> value.writeByte(origin.code());
            case Path(AsPath path) -> writePath(path, width, value);
            case MultiExitDisc med -> value.writeInt((int) med.value());
            case LocalPref localPref -> value.writeInt((int) localPref.value());
            case AtomicAggregate _ -> {
                // Its being there is all it says.
            }
            case Aggregator aggregator -> {
                writeAs(aggregator.as(), width, value);
                value.writeBytes(aggregator.address().getAddress());
            }
            case Communities communities ->
                communities.communities().forEach(community -> value.writeInt(community.value()));
            case OriginatorId originator ->
                value.writeInt(originator.identifier().value());
            case ClusterList clusters -> clusters.clusters().forEach(value::writeInt);
            case ExtendedCommunities communities -> communities.communities().forEach(value::writeLong);
            case LargeCommunities communities ->
                communities.communities().forEach(community -> writeLarge(community, value));
            case Unknown unknown -> value.writeBytes(unknown.value().toArray());
        }
        return value;
    }

    private static void writeLarge(LargeCommunity community, ByteBuf out) {
        out.writeInt((int) community.globalAdministrator());
        out.writeInt((int) community.data1());
        out.writeInt((int) community.data2());
    }

    private static void writePath(AsPath path, AsWidth width, ByteBuf out) {
        for (Segment segment : path.segments()) {
            List<Asn> numbers = segment.numbers();
            for (int from = 0; from < numbers.size(); from += MAX_SEGMENT) {
                List<Asn> part = numbers.subList(from, Math.min(from + MAX_SEGMENT, numbers.size()));
                out.writeByte(segment.type().code()).writeByte(part.size());
                part.forEach(as -> writeAs(as, width, out));
            }
        }
    }

    private static void writeAs(Asn as, AsWidth width, ByteBuf out) {
        if (width == AsWidth.FOUR_OCTETS) {
            out.writeInt((int) as.value());
        } else {
            out.writeShort(as.twoOctets());
        }
    }
}
