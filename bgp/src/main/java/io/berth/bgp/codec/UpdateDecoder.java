package io.berth.bgp.codec;

import static io.berth.bgp.message.AttributeType.Flags.OPTIONAL_BIT;
import static io.berth.bgp.message.AttributeType.Treatment.DISCARD;
import static io.berth.bgp.message.AttributeType.Treatment.TREAT_AS_WITHDRAW;

import io.berth.bgp.Prefix;
import io.berth.bgp.codec.Negotiated.AsWidth;
import io.berth.bgp.codec.RawAttributes.RawAttribute;
import io.berth.bgp.message.AttributeType;
import io.berth.bgp.message.AttributeType.Treatment;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.NotificationCode;
import io.berth.bgp.message.PathAttribute;
import io.berth.bgp.message.Update;
import io.berth.bgp.message.Update.Announcement;
import io.berth.bgp.message.Update.AttributeError;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One UPDATE, with the error handling of RFC 7606: the attributes are cut apart first, in whatever order they come, and
 * understood afterwards. Each error has a treatment, and the most severe one decides. Only what makes the framing or the
 * prefixes themselves unreliable ends the session.
 */
final class UpdateDecoder {

    private final Negotiated session;
    private final List<AttributeError> errors = new ArrayList<>();
    private final Map<AttributeType, PathAttribute> known = new EnumMap<>(AttributeType.class);
    private final List<PathAttribute> unknown = new ArrayList<>();
    private final List<Prefix> withdrawn = new ArrayList<>();
    private final List<Announcement> announcements = new ArrayList<>();
    private final Set<Family> endOfRib = EnumSet.noneOf(Family.class);

    /** Whether the message names a prefix that is there, also one of a family that nobody negotiated. */
    private boolean reachable;

    private UpdateDecoder(Negotiated session) {
        this.session = session;
    }

    static Update decode(WireReader body, Negotiated session) {
        return new UpdateDecoder(session).update(body);
    }

    private Update update(WireReader body) {
        WireReader withdrawnRoutes = field(body, "withdrawn routes");
        RawAttributes raw = RawAttributes.cutApart(field(body, "path attributes"));
        WireReader nlri = body;
        errors.addAll(raw.errors());

        Optional<RawAttribute> unreachable = raw.take(AttributeType.MP_UNREACH_NLRI);
        boolean bare = raw.isEmpty() && !withdrawnRoutes.hasMore() && !nlri.hasMore();
        boolean hasAttributes = !raw.isEmpty();
        if (bare && unreachable.isEmpty()) {
            endOfRib(Family.IPV4_UNICAST);
        }
        withdrawn.addAll(classicPrefixes(withdrawnRoutes));
        unreachable.ifPresent(attribute -> multiprotocol(attribute, value -> unreachable(value, bare)));
        raw.take(AttributeType.MP_REACH_NLRI).ifPresent(attribute -> multiprotocol(attribute, this::reachable));
        classicAnnouncement(nlri, raw.take(AttributeType.NEXT_HOP));
        raw.rest().forEach(this::routeAttribute);
        FourOctetNumbers.restore(known);
        demandMandatoryAttributes();
        return settled(hasAttributes && !reachable);
    }

    private static WireReader field(WireReader body, String name) {
        try {
            return body.part(body.u16());
        } catch (BadValue e) {
            throw MalformedMessage.of(NotificationCode.MALFORMED_ATTRIBUTE_LIST, name + ": " + e.detail());
        }
    }

    private void endOfRib(Family family) {
        if (session.families().contains(family)) {
            endOfRib.add(family);
        }
    }

    /** Prefixes of one of the two fields that only know IPv4 unicast; they must be well-formed even where nobody wants them. */
    private List<Prefix> classicPrefixes(WireReader field) {
        try {
            List<Prefix> prefixes = NlriCodec.decodeAll(field, Family.IPV4_UNICAST);
            if (prefixes.isEmpty() || session.families().contains(Family.IPV4_UNICAST)) {
                return prefixes;
            }
            notNegotiated(Family.IPV4_UNICAST.afi(), Family.IPV4_UNICAST.safi());
            return List.of();
        } catch (BadValue e) {
            throw MalformedMessage.of(NotificationCode.INVALID_NETWORK_FIELD, "NLRI: " + e.detail());
        }
    }

    private void notNegotiated(int afi, int safi) {
        errors.add(new AttributeError(DISCARD, "AFI " + afi + " SAFI " + safi + " was not negotiated"));
    }

    /** What is wrong with one of these two attributes makes its prefixes unreliable (RFC 7606 sections 5.3 and 7.11). */
    private static void multiprotocol(RawAttribute attribute, Consumer<WireReader> reading) {
        AttributeType type = AttributeType.of(attribute.code());
        try {
            checkFlags(type, attribute);
            reading.accept(attribute.value());
        } catch (BadValue e) {
            throw MalformedMessage.of(
                    NotificationCode.OPTIONAL_ATTRIBUTE_ERROR,
                    type + ": " + e.detail(),
                    attribute.image().toArray());
        }
    }

    private void unreachable(WireReader value, boolean bare) {
        spokenFamily(value).ifPresent(family -> {
            if (bare && !value.hasMore()) {
                endOfRib(family);
            }
            withdrawn.addAll(NlriCodec.decodeAll(value, family));
        });
    }

    private void reachable(WireReader value) {
        Optional<Family> spoken = spokenFamily(value);
        WireReader nextHop = value.part(value.u8());
        value.u8(); // reserved, once the number of SNPAs: to be ignored (RFC 4760 section 3)
        reachable |= value.hasMore();
        spoken.ifPresent(family -> announce(nextHop(nextHop, family), NlriCodec.decodeAll(value, family)));
    }

    /** The family where it was negotiated; nothing, and a note, where it was not: its prefixes are not even looked at. */
    private Optional<Family> spokenFamily(WireReader value) {
        int afi = value.u16();
        int safi = value.u8();
        Optional<Family> spoken = session.families().stream()
                .filter(family -> family.afi() == afi && family.safi() == safi)
                .findFirst();
        if (spoken.isEmpty()) {
            notNegotiated(afi, safi);
        }
        return spoken;
    }

    /**
     * The address of the family, or for IPv4 also an IPv6 one (RFC 8950). Of 32 octets the first 16 are the global address, the
     * others the link-local one (RFC 2545 section 3).
     */
    private static InetAddress nextHop(WireReader nextHop, Family family) {
        int length = nextHop.left();
        if (length == Family.IPV4_UNICAST.addressLength() && family == Family.IPV4_UNICAST) {
            return family.address(nextHop.rest().toArray());
        }
        int ipv6 = Family.IPV6_UNICAST.addressLength();
        if (length != ipv6 && length != 2 * ipv6) {
            throw new BadValue("next hop of " + length + " octets");
        }
        return Family.IPV6_UNICAST.address(nextHop.octets(ipv6).toArray());
    }

    private void classicAnnouncement(WireReader nlri, Optional<RawAttribute> nextHop) {
        reachable |= nlri.hasMore();
        List<Prefix> prefixes = classicPrefixes(nlri);
        if (prefixes.isEmpty()) {
            return; // NEXT_HOP says nothing of the prefixes in MP_REACH_NLRI (RFC 4760 section 3)
        }
        try {
            RawAttribute attribute = nextHop.orElseThrow(() -> new BadValue("missing"));
            checkFlags(AttributeType.NEXT_HOP, attribute);
            announce(AttributeDecoder.nextHop(attribute.value()), prefixes);
        } catch (BadValue e) {
            errors.add(new AttributeError(TREAT_AS_WITHDRAW, "NEXT_HOP: " + e.detail()));
            withdrawn.addAll(prefixes);
        }
    }

    private void announce(InetAddress nextHop, List<Prefix> prefixes) {
        if (!prefixes.isEmpty()) {
            announcements.add(new Announcement(nextHop, prefixes));
        }
    }

    private void routeAttribute(RawAttribute attribute) {
        if (AttributeType.isKnown(attribute.code())) {
            known(AttributeType.of(attribute.code()), attribute);
        } else if ((attribute.flags() & OPTIONAL_BIT) != 0) {
            unknown.add(new PathAttribute.Unknown(
                    attribute.code(), attribute.flags(), attribute.value().rest()));
        } else {
            throw MalformedMessage.of(
                    NotificationCode.UNRECOGNIZED_WELL_KNOWN_ATTRIBUTE,
                    "attribute " + attribute.code() + " is not known but claims to be well-known",
                    attribute.image().toArray());
        }
    }

    private void known(AttributeType type, RawAttribute attribute) {
        if (isForInternalPeersOnly(type) && !session.isInternal()) {
            errors.add(new AttributeError(DISCARD, type + ": from an external peer"));
            return;
        }
        if (isForTwoOctetPeersOnly(type) && session.asWidth() == AsWidth.FOUR_OCTETS) {
            errors.add(new AttributeError(DISCARD, type + ": from a peer with four-octet AS numbers"));
            return;
        }
        Treatment treatment = TREAT_AS_WITHDRAW; // of wrong flags, whatever the attribute (RFC 7606 section 3.c)
        try {
            checkFlags(type, attribute);
            treatment = type.treatment();
            known.put(type, AttributeDecoder.decode(type, attribute.value(), session.asWidth()));
        } catch (BadValue e) {
            errors.add(new AttributeError(treatment, type + ": " + e.detail()));
        }
    }

    private static void checkFlags(AttributeType type, RawAttribute attribute) {
        if (!type.allows(attribute.flags())) {
            throw new BadValue("flags " + Integer.toHexString(attribute.flags()));
        }
    }

    /** RFC 4271 section 5.1.5 and RFC 4456 section 8: between speakers of one AS only. */
    private static boolean isForInternalPeersOnly(AttributeType type) {
        return switch (type) {
            case LOCAL_PREF, ORIGINATOR_ID, CLUSTER_LIST -> true;
            default -> false;
        };
    }

    /** RFC 6793 section 4.1. */
    private static boolean isForTwoOctetPeersOnly(AttributeType type) {
        return type == AttributeType.AS4_PATH || type == AttributeType.AS4_AGGREGATOR;
    }

    private void demandMandatoryAttributes() {
        if (!announcements.isEmpty()) {
            demand(AttributeType.ORIGIN);
            demand(AttributeType.AS_PATH);
            if (session.isInternal()) {
                demand(AttributeType.LOCAL_PREF);
            }
        }
    }

    private void demand(AttributeType type) {
        if (!known.containsKey(type)) {
            errors.add(new AttributeError(TREAT_AS_WITHDRAW, type + ": missing"));
        }
    }

    /** @param unsure whether there are attributes but no prefix that they could be of */
    private Update settled(boolean unsure) {
        boolean harmless = errors.stream().allMatch(error -> error.treatment() == DISCARD);
        if (harmless) {
            List<PathAttribute> attributes = new ArrayList<>(known.values());
            attributes.addAll(unknown);
            attributes.sort(Comparator.comparingInt(PathAttribute::code));
            return new Update(withdrawn, announcements, attributes, endOfRib, errors);
        }
        if (unsure) {
            // RFC 7606 section 5.2: who knows whether the prefixes were in what could not be read.
            throw MalformedMessage.of(
                    NotificationCode.MALFORMED_ATTRIBUTE_LIST,
                    errors.stream().map(AttributeError::description).collect(Collectors.joining("; ")));
        }
        announcements.forEach(announcement -> withdrawn.addAll(announcement.prefixes()));
        return new Update(withdrawn, List.of(), List.of(), endOfRib, errors);
    }
}
