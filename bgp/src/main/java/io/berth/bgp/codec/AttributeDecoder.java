package io.berth.bgp.codec;

import io.berth.bgp.Asn;
import io.berth.bgp.BgpIdentifier;
import io.berth.bgp.codec.Negotiated.AsWidth;
import io.berth.bgp.message.AsPath;
import io.berth.bgp.message.AsPath.Segment;
import io.berth.bgp.message.AsPath.SegmentType;
import io.berth.bgp.message.AttributeType;
import io.berth.bgp.message.Community;
import io.berth.bgp.message.Family;
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
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The value of one path attribute. What is wrong with it comes out as {@link BadValue}; what that means for the UPDATE is the
 * business of {@link UpdateDecoder}, which knows the table of {@link AttributeType}.
 */
final class AttributeDecoder {

    private AttributeDecoder() {}

    /** Decodes every type but NEXT_HOP, MP_REACH_NLRI and MP_UNREACH_NLRI, which are not attributes of routes here. */
    static PathAttribute decode(AttributeType type, WireReader value, AsWidth width) {
        return switch (type) {
            case ORIGIN -> origin(exactly(1, value));
            case AS_PATH, AS4_PATH ->
                new Path(asPath(value, type == AttributeType.AS4_PATH ? AsWidth.FOUR_OCTETS : width));
            case MULTI_EXIT_DISC -> new MultiExitDisc(exactly(4, value).u32());
            case LOCAL_PREF -> new LocalPref(exactly(4, value).u32());
            case ATOMIC_AGGREGATE -> {
                exactly(0, value);
                yield new AtomicAggregate();
            }
            case AGGREGATOR -> aggregator(value, width);
            case AS4_AGGREGATOR -> aggregator(value, AsWidth.FOUR_OCTETS);
            case COMMUNITIES -> new Communities(list(4, value, part -> new Community(part.s32())));
            case ORIGINATOR_ID -> new OriginatorId(identifier(exactly(4, value)));
            case CLUSTER_LIST -> new ClusterList(list(4, value, WireReader::s32));
            case EXTENDED_COMMUNITIES -> new ExtendedCommunities(list(8, value, WireReader::s64));
            case LARGE_COMMUNITIES ->
                new LargeCommunities(list(12, value, part -> new LargeCommunity(part.u32(), part.u32(), part.u32())));
            case NEXT_HOP, MP_REACH_NLRI, MP_UNREACH_NLRI ->
                throw new IllegalArgumentException(type + " is not an attribute of a route");
        };
    }

    /** The value of NEXT_HOP: a unicast IPv4 address (RFC 4271 section 6.3). */
    static Inet4Address nextHop(WireReader value) {
        byte[] octets = exactly(4, value).octets(4).toArray();
        int first = octets[0] & 0xFF;
        if (first == 0 || first >= 224) {
            throw new BadValue("address " + Family.IPV4_UNICAST.address(octets).getHostAddress());
        }
        return (Inet4Address) Family.IPV4_UNICAST.address(octets);
    }

    private static RouteOrigin origin(WireReader value) {
        int code = value.u8();
        for (Origin origin : Origin.values()) {
            if (origin.code() == code) {
                return new RouteOrigin(origin);
            }
        }
        throw new BadValue("value " + code);
    }

    private static AsPath asPath(WireReader value, AsWidth width) {
        List<Segment> segments = new ArrayList<>();
        while (value.hasMore()) {
            segments.add(segment(value, width));
        }
        return new AsPath(segments);
    }

    private static Segment segment(WireReader value, AsWidth width) {
        int type = value.u8();
        int count = value.u8();
        // RFC 9774: sets are deprecated. A confederation's segments have no business outside of it (RFC 5065 section
        // 5.3).
        if (type != SegmentType.AS_SEQUENCE.code()) {
            throw new BadValue("segment of type " + type);
        }
        if (count == 0) {
            throw new BadValue("segment without numbers");
        }
        WireReader numbers = value.part(count * octets(width));
        List<Asn> path = new ArrayList<>(count);
        while (numbers.hasMore()) {
            path.add(as(numbers, width));
        }
        return new Segment(SegmentType.AS_SEQUENCE, path);
    }

    private static Aggregator aggregator(WireReader value, AsWidth width) {
        WireReader whole = exactly(octets(width) + 4, value);
        return new Aggregator(as(whole, width), (Inet4Address)
                Family.IPV4_UNICAST.address(whole.octets(4).toArray()));
    }

    /** Zero is no AS, wherever it stands (RFC 7607). */
    private static Asn as(WireReader value, AsWidth width) {
        long number = width == AsWidth.FOUR_OCTETS ? value.u32() : value.u16();
        if (number == 0) {
            throw new BadValue("AS 0");
        }
        return new Asn(number);
    }

    private static int octets(AsWidth width) {
        return width == AsWidth.FOUR_OCTETS ? 4 : 2;
    }

    private static BgpIdentifier identifier(WireReader value) {
        int bits = value.s32();
        if (bits == 0) {
            throw new BadValue("0.0.0.0");
        }
        return new BgpIdentifier(bits);
    }

    private static WireReader exactly(int length, WireReader value) {
        if (value.left() != length) {
            throw new BadValue("length " + value.left() + " instead of " + length);
        }
        return value;
    }

    /** A list of at least one element of a fixed size (RFC 7606 sections 7.8 and 7.14). */
    private static <T> List<T> list(int size, WireReader value, Function<WireReader, T> element) {
        if (value.left() == 0 || value.left() % size != 0) {
            throw new BadValue("length " + value.left() + " instead of a multiple of " + size);
        }
        List<T> elements = new ArrayList<>(value.left() / size);
        while (value.hasMore()) {
            elements.add(element.apply(value));
        }
        return elements;
    }
}
