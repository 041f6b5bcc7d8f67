package io.berth.k8s.status;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Names and labels made of the names of other objects, within what Kubernetes allows. */
final class Names {

    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;
    private static final int DIGEST = 10;

    private Names() {}

    /** The name of an object that stands for these. */
    static String object(String... parts) {
        return within(LONGEST_NAME, String.join(".", parts).toLowerCase(Locale.ROOT));
    }

    /** A label's value that stands for a name. */
    static String label(String name) {
        return within(LONGEST_LABEL, name);
    }

    /** What does not fit ends in a digest of all of it, so that two that begin alike stay apart. */
    private static String within(int longest, String name) {
        if (name.length() <= longest) {
            return name;
        }
        String end = digest(name);
        return name.substring(0, longest - 1 - end.length()) + "x" + end;
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGEST);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
