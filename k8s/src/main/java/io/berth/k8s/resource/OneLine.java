package io.berth.k8s.resource;

import java.util.regex.Pattern;

/** What is said of a manifest: whatever stands in it, that stays one line and does nothing to a terminal. */
public final class OneLine {

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");

    private OneLine() {}

    /** The text with what would leave its line, or tell a terminal to do something, made visible. */
    public static String of(String text) {
        return UNPRINTABLE.matcher(text).replaceAll("?");
    }
}
