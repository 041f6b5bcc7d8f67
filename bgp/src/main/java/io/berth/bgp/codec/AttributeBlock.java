package io.berth.bgp.codec;

import io.berth.bgp.Asn;
import io.berth.bgp.NextHop;
import io.berth.bgp.RouteAttributes;
import io.berth.bgp.codec.AttributeEncoder.EncodedAttribute;
import io.berth.bgp.codec.Negotiated.Ipv4NextHops;
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
import java.util.stream.Stream;

/**
 * Everything of an UPDATE that is the same for all routes of one attribute set in one session, encoded once.
 *
 * <p>IPv4 goes in the classic fields and IPv6 in MP_REACH_NLRI, which stands first (RFC 7606 section 5.1): the encodings that
 * every router takes. Only where no next hop but an IPv6 one is known does IPv4 go in MP_REACH_NLRI, to a peer that has said
 * that it reads that (RFC 8950).
 */
public sealed interface AttributeBlock {

    /** LOCAL_PREF of a route that names none: what every router assumes. */
    long DEFAULT_LOCAL_PREF = 100;

    /**
     * Octets that go to the wire.
     *
     * @param attributes every attribute but MP_REACH_NLRI; NEXT_HOP among them in the classic form
     */
    record Encoded(Family family, Form form, Image attributes) implements AttributeBlock {}

    /** Where in an UPDATE the prefixes stand. */
    sealed interface Form {

        /** At its end, in the fields of RFC 4271, which know IPv4 unicast alone. */
        record Classic() implements Form {}

        /** In MP_REACH_NLRI (RFC 4760), beside this next hop: 16 octets, or 32 with a link-local address (RFC 2545). */
        record Multiprotocol(Image nextHop) implements Form {}
    }

    /** The routes cannot be announced to this peer. */
    record Unannounceable(String reason) implements AttributeBlock {}

    /** Immutable octets with the equality of their content, so that equal sets of attributes become one. */
    final class Image {
        private final byte[] octets;

        private Image(ByteBuf buffer) {
            this.octets = ByteBufUtil.getBytes(buffer);
        }

        private static Image of(List<InetAddress> addresses) {
            ByteBuf out = Unpooled.buffer();
            addresses.forEach(address -> out.writeBytes(address.getAddress()));
            return new Image(out);
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
     * @param self our own addresses in this session, for a next hop of self: of each family the first one counts, and a
     *     link-local one, where it is there, goes with the global one
     */
    static AttributeBlock of(RouteAttributes attributes, Family family, Negotiated session, List<InetAddress> self) {
        List<InetAddress> candidates = switch (attributes.nextHop()) {
            case NextHop.Self _ -> self;
            case NextHop.At at -> List.of(at.address());
        };
        Optional<InetAddress> nextHop = nextHop(candidates, family, session);
        if (nextHop.isEmpty()) {
            return new Unannounceable("no next hop is known that fits " + family);
        }
        List<EncodedAttribute> encoded = new ArrayList<>();
        for (PathAttribute attribute : complete(attributes.attributes(), session)) {
            encoded.addAll(AttributeEncoder.encode(attribute, session.asWidth()));
        }
        Form form = form(nextHop.get(), candidates);
        if (form instanceof Form.Classic) {
            encoded.add(AttributeEncoder.nextHop(nextHop.get()));
        }
        encoded.sort(Comparator.comparingInt(EncodedAttribute::code));
        ByteBuf out = Unpooled.buffer();
        encoded.forEach(attribute -> attribute.writeTo(out));
        return new Encoded(family, form, new Image(out));
    }

    /** An address of the route's own family wherever there is one. */
    private static Optional<InetAddress> nextHop(List<InetAddress> candidates, Family family, Negotiated session) {
        Optional<InetAddress> own = candidates.stream()
                .filter(address -> Family.of(address) == family && isNextHop(address))
                .findFirst();
        return own.isEmpty() && family == Family.IPV4_UNICAST && session.ipv4NextHops() == Ipv4NextHops.IPV4_OR_IPV6
                ? candidates.stream().filter(AttributeBlock::isNextHop).findFirst()
                : own;
    }

    /** An IPv6 link-local address alone is no next hop (RFC 2545 section 3). */
    private static boolean isNextHop(InetAddress address) {
        return !address.isAnyLocalAddress()
                && !(Family.of(address) == Family.IPV6_UNICAST && address.isLinkLocalAddress());
    }

    private static Form form(InetAddress nextHop, List<InetAddress> candidates) {
        if (Family.of(nextHop) == Family.IPV4_UNICAST) {
            return new Form.Classic();
        }
        Stream<InetAddress> linkLocal = candidates.stream()
                .filter(address -> Family.of(address) == Family.IPV6_UNICAST && address.isLinkLocalAddress())
                .limit(1);
        return new Form.Multiprotocol(
                Image.of(Stream.concat(Stream.of(nextHop), linkLocal).toList()));
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
