package io.berth.bgp.message;

import java.nio.charset.StandardCharsets;

/**
 * NOTIFICATION (RFC 4271 section 4.5): why a session ends.
 *
 * @param code as on the wire; {@link NotificationCode} knows the names
 * @param subcode 0 where the code has none
 * @param data what the code says should be there; the offending octets, most often
 */
public record Notification(int code, int subcode, Octets data) implements Message {

    public Notification {
        if (code < 0 || code > 255 || subcode < 0 || subcode > 255) {
            throw new IllegalArgumentException("no octets: code " + code + ", subcode " + subcode);
        }
    }

    /** RFC 9003 allows 255 octets, but peers that know RFC 8203 only take 128. */
    private static final int MAX_COMMUNICATION = 128;

    public static Notification of(NotificationCode code) {
        return new Notification(code.code(), code.subcode(), Octets.NONE);
    }

    public static Notification of(NotificationCode code, byte... data) {
        return new Notification(code.code(), code.subcode(), Octets.of(data));
    }

    /** A Cease that tells the peer's operator why, in UTF-8 (RFC 9003); longer text is cut at a character. */
    public static Notification shutdown(NotificationCode code, String communication) {
        byte[] text = communication.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(text.length, MAX_COMMUNICATION);
        while (length < text.length && length > 0 && (text[length] & 0xC0) == 0x80) {
            length--;
        }
        byte[] data = new byte[length + 1];
        data[0] = (byte) length;
        System.arraycopy(text, 0, data, 1, length);
        return of(code, data);
    }

    /** The shutdown communication of the peer's operator, safe to print; empty where there is none (RFC 9003). */
    public String communication() {
        boolean mayCarryText =
                is(NotificationCode.ADMINISTRATIVE_SHUTDOWN) || is(NotificationCode.ADMINISTRATIVE_RESET);
        if (!mayCarryText || data.length() == 0 || data.at(0) > data.length() - 1) {
            return "";
        }
        return printable(new String(data.slice(1, data.at(0)).toArray(), StandardCharsets.UTF_8));
    }

    /** Whether it is this one. */
    public boolean is(NotificationCode other) {
        return code == other.code() && subcode == other.subcode();
    }

    /** A peer's text must not be able to write lines, colours or quotes of its own into our log (RFC 9003 section 4). */
    private static String printable(String text) {
        var safe = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                safe.append('\\').appendCodePoint(c);
            } else if (isPrintable(c)) {
                safe.appendCodePoint(c);
            } else {
                safe.append(String.format("\\u{%x}", c));
            }
        });
        return safe.toString();
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** The code in words, {@code Hold Timer Expired (4/0)}, with what else the peer says in it. */
    public String describe() {
        String words = NotificationCode.name(code, subcode) + " (" + code + "/" + subcode + ")";
        if (is(NotificationCode.HARD_RESET) && data.length() >= 2) {
            // RFC 8538 section 3.1: the real reason is inside. A reason inside of that is nobody's.
            var inner = new Notification(data.at(0), data.at(1), data.slice(2, data.length() - 2));
            return inner.is(NotificationCode.HARD_RESET) ? words : words + ": " + inner.describe();
        }
        String text = communication();
        return text.isEmpty() ? words : words + ", saying \"" + text + "\"";
    }
}
