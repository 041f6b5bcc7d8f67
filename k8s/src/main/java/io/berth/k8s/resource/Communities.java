package io.berth.k8s.resource;

import io.berth.bgp.message.LargeCommunity;
import java.util.regex.Pattern;

/** How communities are written in manifests: {@code aa:nn}, {@code large:a:b:c}, a well-known name, or an alias. */
public final class Communities {

    /** What may name an alias: with a letter and without a colon, or it would be a value gone wrong. */
    private static final Pattern ALIAS = Pattern.compile("[^:\\s]*[A-Za-z][^:\\s]*");

    private static final String LARGE = "large:";

    private Communities() {}

    public static boolean isLarge(String text) {
        return text.startsWith(LARGE);
    }

    /** Reads {@code large:a:b:c}. */
    public static LargeCommunity large(String text) {
        return LargeCommunity.parse(text.substring(LARGE.length()));
    }

    /** Whether the text is a value by itself. */
    public static boolean isValue(String text) {
        try {
            if (isLarge(text)) {
                large(text);
            } else {
                io.berth.bgp.message.Community.parse(text);
            }
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    public static boolean mayBeAlias(String text) {
        return ALIAS.matcher(text).matches();
    }
}
