package io.berth.metrics.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A string as JSON writes it. What is told comes here as JSON; only what is said of an answer that there is none is made here. */
final class JsonString {

    /** What RFC 8259 wants escaped, and the other control characters for the terminal on which somebody reads it. */
    private static final Pattern SPECIAL = Pattern.compile("[\"\\\\\\p{Cc}]");

    private JsonString() {}

    static String of(String text) {
        return '"'
                + SPECIAL.matcher(text)
                        .replaceAll(found -> Matcher.quoteReplacement(
                                String.format("\\u%04x", (int) found.group().charAt(0))))
                + '"';
    }
}
