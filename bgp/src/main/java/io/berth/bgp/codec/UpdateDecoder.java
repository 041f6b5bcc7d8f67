package io.berth.bgp.codec;

import static io.berth.bgp.message.AttributeType.Flags.EXTENDED_LENGTH_BIT;
import static io.berth.bgp.message.AttributeType.Flags.OPTIONAL_BIT;
import static io.berth.bgp.message.AttributeType.Treatment.DISCARD;
import static io.berth.bgp.message.AttributeType.Treatment.RESET;
import static io.berth.bgp.message.AttributeType.Treatment.TREAT_AS_WITHDRAW;

import io.berth.bgp.Asn;
import io.berth.bgp.Prefix;
import io.berth.bgp.codec.Negotiated.AsWidth;
import io.berth.bgp.message.AsPath;
import io.berth.bgp.message.AttributeType;
import io.berth.bgp.message.AttributeType.Treatment;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.NotificationCode;
import io.berth.bgp.message.PathAttribute;
import io.berth.bgp.message.PathAttribute.Path;
import io.berth.bgp.message.Update;
import io.berth.bgp.message.Update.Announcement;
import io.berth.bgp.message.Update.AttributeError;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One UPDATE, with the error handling of RFC 7606: the parts are cut out first, in whatever order they come, and understood
 * afterwards. Each error has a treatment; the most severe one decides. Only what makes the framing or the prefixes themselves
 * unreliable ends the session.
 */
final class UpdateDecoder {

    private record RawAttribute(int code, int flags, WireReader value) {}

    private final Negotiated session;
    private final Map<Integer, RawAttribute> raw = new TreeMap<>();
    private final Map<AttributeType, PathAttribute> fourOctet = new TreeMap<>();
    private final List<AttributeError> errors = new ArrayList<>();
    private final List<PathAttribute> attributes = new ArrayList<>();
    private final List<Prefix> withdrawn = new ArrayList<>();
    private final List<Announcement> announcements = new ArrayList<>();
    private final Set<Family> endOfRib = EnumSet.noneOf(Family.class);

    private UpdateDecoder(Negotiated session) {
        this.session = session;
    }

    static Update decode(WireReader body, Negotiated session) {
        return new UpdateDecoder(session).update(body);
    }

    private Update update(WireReader body) {
        WireReader withdrawnRoutes = part(body, "withdrawn routes");
        WireReader pathAttributes = part(body, "path attributes");
        WireReader nlri = body;
        boolean empty = !withdrawnRoutes.hasMore() && !pathAttributes.hasMore() && !nlri.hasMore();
        if (empty) {
            return Update.endOfRib(Family.IPV4_UNICAST);
        }
        boolean onlyAttributes = !withdrawnRoutes.hasMore() && !nlri.hasMore();
        cutOut(pathAttributes);
        classicWithdrawals(withdrawnRoutes);
        unreachable(onlyAttributes);
        reachable();
        routeAttributes();
        classicAnnouncement(nlri);
        demandMandatoryAttributes();
        return settled();
    }

    private static WireReader part(WireReader body, String what) {
        try {
            return body.part(body.u16());
        } catch (WireReader.Overrun e) {
            throw MalformedMessage.of(NotificationCode.MALFORMED_ATTRIBUTE_LIST, what + ": " + e.getMessage());
        }
    }

    private void cutOut(WireReader pathAttributes) {
        while (pathAttributes.hasMore()) {
            try {
                int flags = pathAttributes.u8();
                int code = pathAttributes.u8();
                int length = (flags & EXTENDED_LENGTH_BIT) != 0 ? pathAttributes.u16() : pathAttributes.u8();
                keep(new RawAttribute(code, flags, pathAttributes.part(length)));
            } catch (WireReader.Overrun e) {
                // RFC 7606 section 4: what follows cannot be told apart any more, but the prefixes can still be
                // trusted.
                errors.add(new AttributeError(TREAT_AS_WITHDRAW, "path attributes: " + e.getMessage()));
                return;
            }
        }
    }

    private void keep(RawAttribute attribute) {
        boolean repeated = raw.putIfAbsent(attribute.code, attribute) != null;
        if (repeated && isMultiprotocol(attribute.code)) {
            throw MalformedMessage.of(
                    NotificationCode.MALFORMED_ATTRIBUTE_LIST, AttributeType.of(attribute.code) + " twice");
        }
        if (repeated) {
            errors.add(new AttributeError(DISCARD, "attribute " + attribute.code + " twice, the first counts"));
        }
    }

    private static boolean isMultiprotocol(int code) {
        return code == AttributeType.MP_REACH_NLRI.code() || code == AttributeType.MP_UNREACH_NLRI.code();
    }

    private void classicWithdrawals(WireReader withdrawnRoutes) {
        List<Prefix> prefixes = prefixes(withdrawnRoutes, Family.IPV4_UNICAST, NotificationCode.INVALID_NETWORK_FIELD);
        if (session.families().contains(Family.IPV4_UNICAST)) {
            withdrawn.addAll(prefixes);
        }
    }

    private void unreachable(boolean onlyAttributes) {
        RawAttribute attribute = raw.remove(AttributeType.MP_UNREACH_NLRI.code());
        if (attribute == null) {
            return;
        }
        WireReader value = multiprotocolValue(attribute);
        try {
            for (Family family : negotiated(value.u16(), value.u8())) {
                if (!value.hasMore() && onlyAttributes && raw.isEmpty()) {
                    endOfRib.add(family);
                }
                withdrawn.addAll(prefixes(value, family, NotificationCode.OPTIONAL_ATTRIBUTE_ERROR));
            }
        } catch (WireReader.Overrun e) {
            throw optionalAttributeError("MP_UNREACH_NLRI: " + e.getMessage());
        }
    }

    private void reachable() {
        RawAttribute attribute = raw.remove(AttributeType.MP_REACH_NLRI.code());
        if (attribute == null) {
            return;
        }
        WireReader value = multiprotocolValue(attribute);
        try {
            List<Family> family = negotiated(value.u16(), value.u8());
            WireReader nextHop = value.part(value.u8());
            value.u8(); // reserved, once the number of SNPAs: to be ignored (RFC 4760 section 3)
            for (Family spoken : family) {
                announce(
                        multiprotocolNextHop(nextHop),
                        prefixes(value, spoken, NotificationCode.OPTIONAL_ATTRIBUTE_ERROR));
            }
        } catch (WireReader.Overrun e) {
            throw optionalAttributeError("MP_REACH_NLRI: " + e.getMessage());
        }
    }

    /** Of 32 octets the first 16 are the global address, the others the link-local one (RFC 2545 section 3). */
    private static InetAddress multiprotocolNextHop(WireReader nextHop) {
        int length = nextHop.left();
        if (length != 4 && length != 16 && length != 32) {
            throw optionalAttributeError("MP_REACH_NLRI: next hop of " + length + " octets");
        }
        return (length == 4 ? Family.IPV4_UNICAST : Family.IPV6_UNICAST).address(nextHop.bytes(Math.min(length, 16)));
    }

    /** The family where it was negotiated; nothing, and a note, where it was not: its prefixes are not even looked at. */
    private List<Family> negotiated(int afi, int safi) {
        for (Family family : session.families()) {
            if (family.afi() == afi && family.safi() == safi) {
                return List.of(family);
            }
        }
        errors.add(new AttributeError(DISCARD, "AFI " + afi + " SAFI " + safi + " was not negotiated"));
        return List.of();
    }

    private static WireReader multiprotocolValue(RawAttribute attribute) {
        if (!AttributeType.of(attribute.code).allows(attribute.flags)) {
            throw optionalAttributeError(AttributeType.of(attribute.code) + " with flags " + attribute.flags);
        }
        return attribute.value;
    }

    private static MalformedMessage optionalAttributeError(String detail) {
        return MalformedMessage.of(NotificationCode.OPTIONAL_ATTRIBUTE_ERROR, detail);
    }

    private static List<Prefix> prefixes(WireReader nlri, Family family, NotificationCode otherwise) {
        try {
            return NlriCodec.decodeAll(nlri, family);
        } catch (NlriCodec.BadPrefix | WireReader.Overrun e) {
            throw MalformedMessage.of(otherwise, "NLRI: " + e.getMessage());
        }
    }

    private void routeAttributes() {
        for (RawAttribute attribute : raw.values()) {
            if (!AttributeType.isKnown(attribute.code)) {
                unknown(attribute);
            } else if (attribute.code != AttributeType.NEXT_HOP.code()) {
                known(AttributeType.of(attribute.code), attribute);
            }
        }
        restoreFourOctetPath();
    }

    private void unknown(RawAttribute attribute) {
        if ((attribute.flags & OPTIONAL_BIT) == 0) {
            throw MalformedMessage.of(
                    NotificationCode.UNRECOGNIZED_WELL_KNOWN_ATTRIBUTE,
                    "attribute " + attribute.code + " is not known but claims to be well-known",
                    wireImage(attribute));
        }
        attributes.add(AttributeDecoder.unknown(attribute.code, attribute.flags, attribute.value));
    }

    private static byte[] wireImage(RawAttribute attribute) {
        byte[] value = attribute.value.copy().rest().toArray();
        byte[] image = new byte[value.length + 4];
        image[0] = (byte) (attribute.flags | EXTENDED_LENGTH_BIT);
        image[1] = (byte) attribute.code;
        image[2] = (byte) (value.length >> 8);
        image[3] = (byte) value.length;
        System.arraycopy(value, 0, image, 4, value.length);
        return image;
    }

    private void known(AttributeType type, RawAttribute attribute) {
        if (isForInternalPeersOnly(type) && !session.isInternal()) {
            errors.add(new AttributeError(DISCARD, type + " from an external peer"));
        } else if (isForTwoOctetPeersOnly(type) && session.asWidth() == AsWidth.FOUR_OCTETS) {
            errors.add(new AttributeError(DISCARD, type + " from a peer with four-octet AS numbers"));
        } else if (!type.allows(attribute.flags)) {
            errors.add(new AttributeError(TREAT_AS_WITHDRAW, type + " with flags " + attribute.flags));
        } else {
            value(type, attribute);
        }
    }

    private void value(AttributeType type, RawAttribute attribute) {
        try {
            PathAttribute decoded = AttributeDecoder.decode(type, attribute.value, session.asWidth());
            if (type == AttributeType.AS4_PATH || type == AttributeType.AS4_AGGREGATOR) {
                fourOctet.put(type, decoded);
            } else {
                attributes.add(decoded);
            }
        } catch (AttributeDecoder.Malformed | WireReader.Overrun e) {
            errors.add(new AttributeError(type.treatment(), type + ": " + e.getMessage()));
        }
    }

    /** RFC 4271 section 5.1.5 and RFC 4456 section 8: between speakers of one AS only. */
    private static boolean isForInternalPeersOnly(AttributeType type) {
        return type == AttributeType.LOCAL_PREF
                || type == AttributeType.ORIGINATOR_ID
                || type == AttributeType.CLUSTER_LIST;
    }

    private static boolean isForTwoOctetPeersOnly(AttributeType type) {
        return type == AttributeType.AS4_PATH || type == AttributeType.AS4_AGGREGATOR;
    }

    /**
     * Puts the numbers of AS4_PATH in the place of the last ones of AS_PATH, and AS4_AGGREGATOR in that of AGGREGATOR (RFC 6793
     * section 4.2.3). An AS4_PATH that is longer than AS_PATH is ignored.
     */
    private void restoreFourOctetPath() {
        if (fourOctet.get(AttributeType.AS4_PATH) instanceof Path(AsPath wide)) {
            attributes.replaceAll(attribute -> attribute instanceof Path(AsPath narrow)
                    ? new Path(merged(narrow.numbers(), wide.numbers()))
                    : attribute);
        }
        if (fourOctet.get(AttributeType.AS4_AGGREGATOR) instanceof PathAttribute.Aggregator wide) {
            attributes.replaceAll(attribute -> attribute instanceof PathAttribute.Aggregator narrow
                            && narrow.as().equals(Asn.AS_TRANS)
                    ? wide
                    : attribute);
        }
    }

    private static AsPath merged(List<Asn> narrow, List<Asn> wide) {
        if (wide.size() > narrow.size()) {
            return AsPath.sequence(narrow);
        }
        List<Asn> path = new ArrayList<>(narrow.subList(0, narrow.size() - wide.size()));
        path.addAll(wide);
        return AsPath.sequence(path);
    }

    private void classicAnnouncement(WireReader nlri) {
        List<Prefix> prefixes = prefixes(nlri, Family.IPV4_UNICAST, NotificationCode.INVALID_NETWORK_FIELD);
        if (prefixes.isEmpty() || !session.families().contains(Family.IPV4_UNICAST)) {
            return;
        }
        RawAttribute attribute = raw.get(AttributeType.NEXT_HOP.code());
        if (attribute == null) {
            errors.add(new AttributeError(TREAT_AS_WITHDRAW, "NEXT_HOP is missing"));
            withdrawn.addAll(prefixes);
            return;
        }
        try {
            announce(AttributeDecoder.nextHop(attribute.value), prefixes);
        } catch (AttributeDecoder.Malformed | WireReader.Overrun e) {
            errors.add(new AttributeError(TREAT_AS_WITHDRAW, "NEXT_HOP: " + e.getMessage()));
            withdrawn.addAll(prefixes);
        }
    }

    private void announce(InetAddress nextHop, List<Prefix> prefixes) {
        if (!prefixes.isEmpty()) {
            announcements.add(new Announcement(nextHop, prefixes));
        }
    }

    private void demandMandatoryAttributes() {
        if (announcements.isEmpty()) {
            return;
        }
        demand(PathAttribute.RouteOrigin.class, AttributeType.ORIGIN);
        demand(Path.class, AttributeType.AS_PATH);
        if (session.isInternal()) {
            demand(PathAttribute.LocalPref.class, AttributeType.LOCAL_PREF);
        }
    }

    private void demand(Class<? extends PathAttribute> kind, AttributeType type) {
        if (attributes.stream().noneMatch(kind::isInstance)) {
            errors.add(new AttributeError(TREAT_AS_WITHDRAW, type + " is missing"));
        }
    }

    private Update settled() {
        Treatment worst = errors.stream()
                .map(AttributeError::treatment)
                .max(Comparator.naturalOrder())
                .orElse(DISCARD);
        if (worst == DISCARD) {
            return new Update(withdrawn, announcements, attributes, endOfRib, errors);
        }
        boolean nothingToWithdraw = announcements.isEmpty() && withdrawn.isEmpty();
        if (worst == RESET || nothingToWithdraw) {
            // RFC 7606 section 5.2: without any prefix there is nothing that could be treated as withdrawn.
            throw MalformedMessage.of(NotificationCode.MALFORMED_ATTRIBUTE_LIST, description());
        }
        announcements.forEach(announcement -> withdrawn.addAll(announcement.prefixes()));
        return new Update(withdrawn, List.of(), List.of(), endOfRib, errors);
    }

    private String description() {
        return String.join(
                "; ", errors.stream().map(AttributeError::description).toList());
    }
}
