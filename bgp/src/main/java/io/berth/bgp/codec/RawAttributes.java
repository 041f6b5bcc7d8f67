package io.berth.bgp.codec;

import static io.berth.bgp.message.AttributeType.Flags.EXTENDED_LENGTH_BIT;

import io.berth.bgp.message.AttributeType;
import io.berth.bgp.message.AttributeType.Treatment;
import io.berth.bgp.message.NotificationCode;
import io.berth.bgp.message.Octets;
import io.berth.bgp.message.Update.AttributeError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The path attributes of one UPDATE, cut apart but not yet understood: whatever their order on the wire, what is understood of
 * one may depend on another.
 */
final class RawAttributes {

    /**
     * One of them.
     *
     * @param image its octets from flags to value, for a NOTIFICATION that complains of it
     */
    record RawAttribute(int code, int flags, WireReader value, Octets image) {}

    private final SortedMap<Integer, RawAttribute> byCode = new TreeMap<>();
    private final List<AttributeError> errors = new ArrayList<>();

    /**
     * Cuts the field apart. Behind a length that lies nothing can be told apart any more; the prefixes, which have lengths of
     * their own, can still be trusted (RFC 7606 section 4).
     *
     * @throws MalformedMessage where MP_REACH_NLRI or MP_UNREACH_NLRI is repeated (RFC 7606 section 3.g)
     */
    static RawAttributes cutApart(WireReader field) {
        var attributes = new RawAttributes();
        try {
            while (field.hasMore()) {
                attributes.keep(next(field));
            }
        } catch (BadValue e) {
            attributes.errors.add(new AttributeError(Treatment.TREAT_AS_WITHDRAW, "path attributes: " + e.detail()));
        }
        return attributes;
    }

    private static RawAttribute next(WireReader field) {
        WireReader image = field.copy();
        int flags = field.u8();
        int code = field.u8();
        int length = (flags & EXTENDED_LENGTH_BIT) != 0 ? field.u16() : field.u8();
        WireReader value = field.part(length);
        return new RawAttribute(code, flags, value, image.octets(image.left() - field.left()));
    }

    private void keep(RawAttribute attribute) {
        if (byCode.putIfAbsent(attribute.code, attribute) == null) {
            return;
        }
        if (attribute.code == AttributeType.MP_REACH_NLRI.code()
                || attribute.code == AttributeType.MP_UNREACH_NLRI.code()) {
            throw MalformedMessage.of(
                    NotificationCode.MALFORMED_ATTRIBUTE_LIST, AttributeType.of(attribute.code) + " twice");
        }
        errors.add(
                new AttributeError(Treatment.DISCARD, "attribute " + attribute.code + " twice, the first one counts"));
    }

    /** Takes one out. */
    Optional<RawAttribute> take(AttributeType type) {
        return Optional.ofNullable(byCode.remove(type.code()));
    }

    boolean isEmpty() {
        return byCode.isEmpty() && errors.isEmpty();
    }

    /** Those that nobody took, in the order of their codes. */
    Collection<RawAttribute> rest() {
        return byCode.values();
    }

    /** What was wrong with the field as such. */
    List<AttributeError> errors() {
        return errors;
    }
}
