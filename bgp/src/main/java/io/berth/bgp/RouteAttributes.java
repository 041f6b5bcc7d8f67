package io.berth.bgp;

import io.berth.bgp.message.PathAttribute;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is said of a route to every peer that it goes to. What a session adds is not said here: ORIGIN IGP and LOCAL_PREF 100
 * where none is given, our own AS in front of the path on eBGP; and LOCAL_PREF stays at home on eBGP.
 *
 * @param attributes at most one of each type, in the order of their type codes
 */
public record RouteAttributes(NextHop nextHop, List<PathAttribute> attributes) {

    /** Next hop self, and nothing else said. */
    public static final RouteAttributes DEFAULT = new RouteAttributes(NextHop.self(), List.of());

    public RouteAttributes {
        attributes = attributes.stream()
                .sorted(Comparator.comparingInt(PathAttribute::code))
                .toList();
        if (attributes.stream().mapToInt(PathAttribute::code).distinct().count() != attributes.size()) {
            throw new IllegalArgumentException("a route has at most one attribute of each type: " + attributes);
        }
    }

    /** The same with this attribute, in the place of an earlier one of its type. */
    public RouteAttributes with(PathAttribute attribute) {
        Stream<PathAttribute> others = attributes.stream().filter(other -> other.code() != attribute.code());
        return new RouteAttributes(
                nextHop, Stream.concat(others, Stream.of(attribute)).toList());
    }

    /** The same with another next hop. */
    public RouteAttributes with(NextHop hop) {
        return new RouteAttributes(hop, attributes);
    }
}
