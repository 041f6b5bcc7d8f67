package io.berth.k8s.announce;

import io.berth.bgp.AddressLiteral;
import io.berth.bgp.Asn;
import io.berth.bgp.NextHop;
import io.berth.bgp.RouteAttributes;
import io.berth.bgp.message.AsPath;
import io.berth.bgp.message.Community;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.LargeCommunity;
import io.berth.bgp.message.Origin;
import io.berth.bgp.message.PathAttribute;
import io.berth.bgp.message.PathAttribute.Communities;
import io.berth.bgp.message.PathAttribute.LargeCommunities;
import io.berth.bgp.message.PathAttribute.LocalPref;
import io.berth.bgp.message.PathAttribute.MultiExitDisc;
import io.berth.bgp.message.PathAttribute.Path;
import io.berth.bgp.message.PathAttribute.RouteOrigin;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** What a line says of its prefix: {@code next-hop 192.0.2.1 community 64512:100 no-export}, in any order, each once. */
final class AttributeWords {

    private static final Set<String> KEYWORDS =
            Set.of("next-hop", "local-preference", "med", "origin", "as-path", "community", "large-community");

    private AttributeWords() {}

    /**
     * Reads them into these attributes, of a prefix of this family.
     *
     * @throws IllegalArgumentException with one line that names the word
     */
    static RouteAttributes read(Family family, RouteAttributes attributes, Words words) {
        RouteAttributes read = attributes;
        Set<String> seen = new HashSet<>();
        while (!words.isEmpty()) {
            String word = words.take();
            if (!seen.add(word)) {
                throw new IllegalArgumentException(word + " is given twice");
            }
            read = word.equals("next-hop")
                    ? read.with(nextHop(family, words.valueOf(word)))
                    : read.with(attribute(word, words));
        }
        return read;
    }

    private static PathAttribute attribute(String word, Words words) {
        return switch (word) {
            case "local-preference" -> new LocalPref(number(word, words.valueOf(word)));
            case "med" -> new MultiExitDisc(number(word, words.valueOf(word)));
            case "origin" -> new RouteOrigin(origin(words.valueOf(word)));
            case "as-path" -> new Path(asPath(words.valueOf(word)));
            case "community" -> new Communities(list(word, words, Community::parse));
            case "large-community" -> new LargeCommunities(list(word, words, LargeCommunity::parse));
            default -> throw new IllegalArgumentException("'" + word + "' is not an attribute");
        };
    }

    private static NextHop nextHop(Family family, String text) {
        InetAddress address = AddressLiteral.parse(text);
        if (address instanceof Inet4Address != (family == Family.IPV4_UNICAST)) {
            throw new IllegalArgumentException("next-hop must be of the family of the prefix, got '" + text + "'");
        }
        return new NextHop.At(address);
    }

    private static long number(String word, String text) {
        if (!text.matches("[0-9]{1,10}") || Long.parseLong(text) > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException(word + " must be 0 to 4294967295, got '" + text + "'");
        }
        return Long.parseLong(text);
    }

    private static Origin origin(String text) {
        return Arrays.stream(Origin.values())
                .filter(origin -> origin.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("origin must be igp, egp or incomplete, got '" + text + "'"));
    }

    private static AsPath asPath(String text) {
        return text.isBlank()
                ? AsPath.EMPTY
                : AsPath.sequence(Arrays.stream(text.strip().split("\\s+"))
                        .map(Asn::parse)
                        .toList());
    }

    private static <T> List<T> list(String word, Words words, Function<String, T> parse) {
        List<T> values = new ArrayList<>();
        values.add(parse.apply(words.valueOf(word)));
        while (!words.isEmpty() && !KEYWORDS.contains(words.peek())) {
            values.add(parse.apply(words.take()));
        }
        return values;
    }
}
