package io.berth.bgp.codec;

import io.berth.bgp.Asn;
import io.berth.bgp.NextHop;
import io.berth.bgp.RouteAttributes;
import io.berth.bgp.codec.AttributeEncoder.EncodedAttribute;
import io.berth.bgp.message.AsPath;
import io.berth.bgp.message.AttributeType;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.Origin;
import io.berth.bgp.message.PathAttribute;
import io.berth.bgp.message.PathAttribute.LocalPref;
import io.berth.bgp.message.PathAttribute.Path;
import io.berth.bgp.message.PathAttribute.RouteOrigin;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Everything of an UPDATE that is the same for all routes of one attribute set in one session, encoded once.
 *
 * <p>IPv4 goes in the classic fields and IPv6 in MP_REACH_NLRI, which stands first (RFC 7606 section 5.1): the encodings that
 * every router takes.
 */
public sealed interface AttributeBlock {

    /** LOCAL_PREF of a route that names none: what every router assumes. */
    long DEFAULT_LOCAL_PREF = 100;

    /**
     * Octets that go to the wire.
     *
     * @param nextHop of the family's size
     * @param attributes every attribute but MP_REACH_NLRI; NEXT_HOP among them for IPv4
     */
    record Encoded(Family family, InetAddress nextHop, Image attributes) implements AttributeBlock {}

    /** The routes cannot be announced to this peer. */
    record Unannounceable(String reason) implements AttributeBlock {}

    /** Immutable octets with the equality of their content, so that equal sets of attributes become one. */
    final class Image {
        private final byte[] octets;

        private Image(ByteBuf buffer) {
            this.octets = ByteBufUtil.getBytes(buffer);
        }

        int length() {
            return octets.length;
        }

        void writeTo(ByteBuf out) {
            out.writeBytes(octets);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Image that && Arrays.equals(octets, that.octets);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(octets);
        }
    }

    /**
     * What goes to the peer for these attributes.
     *
     * @param self the address of each family that is ours in this session, for a next hop of self
     */
    static AttributeBlock of(RouteAttributes attributes, Family family, Negotiated session, List<InetAddress> self) {
        Optional<InetAddress> nextHop = nextHop(attributes.nextHop(), family, self);
        if (nextHop.isEmpty()) {
            return new Unannounceable("no next hop is known that fits " + family);
        }
        List<EncodedAttribute> encoded = new ArrayList<>();
        for (PathAttribute attribute : complete(attributes.attributes(), session)) {
            encoded.addAll(AttributeEncoder.encode(attribute, session.asWidth()));
        }
        if (family == Family.IPV4_UNICAST) {
            encoded.add(AttributeEncoder.nextHop(nextHop.get()));
        }
        encoded.sort(Comparator.comparingInt(EncodedAttribute::code));
        ByteBuf out = Unpooled.buffer();
        encoded.forEach(attribute -> attribute.writeTo(out));
        return new Encoded(family, nextHop.get(), new Image(out));
    }

    private static Optional<InetAddress> nextHop(NextHop nextHop, Family family, List<InetAddress> self) {
        List<InetAddress> candidates = switch (nextHop) {
            case NextHop.Self _ -> self;
            case NextHop.At at -> List.of(at.address());
        };
        return candidates.stream().filter(address -> fits(family, address)).findFirst();
    }

    /** An IPv6 link-local address alone is no next hop (RFC 2545 section 3). */
    private static boolean fits(Family family, InetAddress address) {
        boolean lonely = family == Family.IPV6_UNICAST && address.isLinkLocalAddress();
        return Family.of(address) == family && !address.isAnyLocalAddress() && !lonely;
    }

    /** RFC 4271 section 5: ORIGIN and AS_PATH always, LOCAL_PREF to internal peers and to no others. */
    private static List<PathAttribute> complete(List<PathAttribute> given, Negotiated session) {
        List<PathAttribute> complete = new ArrayList<>();
        complete.add(first(given, RouteOrigin.class).orElse(new RouteOrigin(Origin.IGP)));
        complete.add(new Path(path(first(given, Path.class).map(Path::path).orElse(AsPath.EMPTY), session)));
        first(given, PathAttribute.MultiExitDisc.class).ifPresent(complete::add);
        if (session.isInternal()) {
            complete.add(first(given, LocalPref.class).orElse(new LocalPref(DEFAULT_LOCAL_PREF)));
        }
        given.stream()
                .filter(attribute -> attribute.code() > AttributeType.LOCAL_PREF.code())
                .forEach(complete::add);
        return complete;
    }

    /** Our own AS stands first on eBGP: routers drop what does not begin with their neighbour. */
    private static AsPath path(AsPath given, Negotiated session) {
        List<Asn> numbers = given.numbers();
        if (session.isInternal() || !numbers.isEmpty() && numbers.getFirst().equals(session.localAs())) {
            return given;
        }
        List<Asn> path = new ArrayList<>();
        path.add(session.localAs());
        path.addAll(numbers);
        return AsPath.sequence(path);
    }

    private static <A extends PathAttribute> Optional<A> first(List<PathAttribute> given, Class<A> kind) {
        return given.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }
}
