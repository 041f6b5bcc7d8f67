package io.berth.allocator;

import java.util.List;

/**
 * Where a random world is.
 *
 * @param namespaces that its services are of
 * @param blocks     that its pools are made of
 * @param poolPrefix what the names of its pools begin with
 */
record Place(List<String> namespaces, List<AddressRange> blocks, String poolPrefix) {

    /** No name is part of another or of any word that the allocator says; services are named after their namespaces. */
    static final List<String> NAMESPACES = List.of("kiwi", "plum", "lime");

    private static final List<String> BLOCKS = List.of(
            "10.%d.0.254-10.%d.1.1",
            "10.%d.2.0/31",
            "10.%d.2.2/31",
            "10.%d.3.7/32",
            "10.%d.4.0-10.%d.4.2",
            "2001:db8:%x::/126",
            "2001:db8:%x:1::5-2001:db8:%x:1::6",
            "2001:db8:%x:2::ff/128");

    static final Place ANYWHERE = numbered(0, NAMESPACES, "p");

    /** A place with addresses of its own. */
    static Place numbered(int number, List<String> namespaces, String poolPrefix) {
        return new Place(
                namespaces,
                BLOCKS.stream()
                        .map(block -> AddressRange.parse(block.formatted(number, number)))
                        .toList(),
                poolPrefix);
    }
}
