package io.berth.bgp.codec;

import static io.berth.bgp.message.AttributeType.Flags.EXTENDED_LENGTH_BIT;

import io.berth.bgp.Asn;
import io.berth.bgp.codec.Negotiated.AsWidth;
import io.berth.bgp.message.AsPath;
import io.berth.bgp.message.AsPath.Segment;
import io.berth.bgp.message.AttributeType;
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
import java.util.List;

/** Path attributes in the one form that every router takes: ascending type codes, clean flags, long lengths only when needed. */
final class AttributeEncoder {

    /** The most AS numbers that one segment can count. */
    private static final int MAX_SEGMENT = 255;

    private AttributeEncoder() {}

    /** Writes one attribute, and behind an AS_PATH with numbers that a two-octet peer cannot read its AS4_PATH. */
    static void encode(PathAttribute attribute, AsWidth width, ByteBuf out) {
        ByteBuf value = Unpooled.buffer();
        switch (attribute) {
            case RouteOrigin origin -> value.writeByte(origin.origin().code());
            case Path path -> writePath(path.path(), width, value);
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
                communities
                        .communities()
                        .forEach(community -> value.writeInt((int) community.globalAdministrator())
                                .writeInt((int) community.data1())
                                .writeInt((int) community.data2()));
            case Unknown unknown -> value.writeBytes(unknown.value().toArray());
        }
        write(flags(attribute), attribute.code(), value, out);
    }

    /** The AS4_PATH that a two-octet peer needs beside the AS_PATH, where there is one (RFC 6793 section 4.2.2). */
    static void encodeFourOctetPath(List<PathAttribute> attributes, AsWidth width, ByteBuf out) {
        for (PathAttribute attribute : attributes) {
            if (width == AsWidth.TWO_OCTETS
                    && attribute instanceof Path(AsPath path)
                    && path.numbers().stream().anyMatch(Asn::needsFourOctets)) {
                ByteBuf value = Unpooled.buffer();
                writePath(path, AsWidth.FOUR_OCTETS, value);
                write(AttributeType.AS4_PATH.flags(), AttributeType.AS4_PATH.code(), value, out);
            }
        }
    }

    static void write(int flags, int code, ByteBuf value, ByteBuf out) {
        int length = value.readableBytes();
        if (length > 255) {
            out.writeByte(flags | EXTENDED_LENGTH_BIT).writeByte(code).writeShort(length);
        } else {
            out.writeByte(flags).writeByte(code).writeByte(length);
        }
        out.writeBytes(value);
    }

    private static int flags(PathAttribute attribute) {
        return attribute instanceof Unknown unknown
                ? unknown.flags() & ~EXTENDED_LENGTH_BIT
                : AttributeType.of(attribute.code()).flags();
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
