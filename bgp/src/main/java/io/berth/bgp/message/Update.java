package io.berth.bgp.message;

import io.berth.bgp.Prefix;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * UPDATE (RFC 4271 section 4.3), with the classic fields and MP_REACH/MP_UNREACH (RFC 4760) brought to one form. What is
 * withdrawn goes before what is announced: a prefix in both is there (RFC 4271 section 4.3).
 *
 * @param withdrawn prefixes that are gone, of any family; also those that RFC 7606 makes count as withdrawn
 * @param announcements prefixes that are there, with their next hops
 * @param attributes what holds for all of the announcements, in the order of their type codes
 * @param endOfRib the family whose initial table is complete with this message (RFC 4724 section 2); no prefixes then
 * @param errors what was wrong but not wrong enough to end the session
 */
public record Update(
        List<Prefix> withdrawn,
        List<Announcement> announcements,
        List<PathAttribute> attributes,
        Set<Family> endOfRib,
        List<AttributeError> errors)
        implements Message {

    /** Prefixes that share a next hop. */
    public record Announcement(InetAddress nextHop, List<Prefix> prefixes) {
        public Announcement {
            prefixes = List.copyOf(prefixes);
        }
    }

    /** Something malformed that the session survives (RFC 7606), in words for the log. */
    public record AttributeError(AttributeType.Treatment treatment, String description) {}

    public Update {
        withdrawn = List.copyOf(withdrawn);
        announcements = List.copyOf(announcements);
        attributes = List.copyOf(attributes);
        endOfRib = Set.copyOf(endOfRib);
        errors = List.copyOf(errors);
    }

    public static Update announcing(List<PathAttribute> attributes, InetAddress nextHop, List<Prefix> prefixes) {
        return new Update(List.of(), List.of(new Announcement(nextHop, prefixes)), attributes, Set.of(), List.of());
    }

    public static Update withdrawing(List<Prefix> prefixes) {
        return new Update(prefixes, List.of(), List.of(), Set.of(), List.of());
    }

    public static Update endOfRib(Family family) {
        return new Update(List.of(), List.of(), List.of(), Set.of(family), List.of());
    }

    /** The attribute of this kind, where the message has one. */
    public <A extends PathAttribute> Optional<A> attribute(Class<A> kind) {
        return attributes.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }
}
