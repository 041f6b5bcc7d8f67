package io.berth.metrics.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a client asks for. Bodies are never read: everything served here is asked for by GET.
 *
 * @param method in the client's own letters, {@code GET}
 * @param path   decoded, {@code /api/v1/explain}
 * @param query  decoded parameters, the first of each name
 * @param accept the Accept header, empty when the client sent none
 */
public record Request(String method, String path, Map<String, String> query, String accept) {

    public Request {
        query = Map.copyOf(query);
    }

    /** Takes a raw query string apart, {@code service=team-a%2Fweb&x}; a name without a value has the empty one. */
    static Map<String, String> parameters(String rawQuery) {
        return Arrays.stream(rawQuery.split("&"))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> decoded(pair[0]), pair -> pair.length == 2 ? decoded(pair[1]) : "", (one, two) -> one));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
