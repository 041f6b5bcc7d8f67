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
        boolean mayCarryText = code == NotificationCode.ADMINISTRATIVE_SHUTDOWN.code()
                && (subcode == NotificationCode.ADMINISTRATIVE_SHUTDOWN.subcode()
                        || subcode == NotificationCode.ADMINISTRATIVE_RESET.subcode());
        if (!mayCarryText || data.length() == 0 || data.at(0) > data.length() - 1) {
            return "";
        }
        return printable(new String(data.toArray(), 1, data.at(0), StandardCharsets.UTF_8));
    }

    /** A peer's text must not be able to write lines or colours into our log (RFC 9003 section 4). */
    private static String printable(String text) {
        var safe = new StringBuilder();
        text.codePoints()
                .forEach(c -> safe.appendCodePoint(
                        Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c));
        return safe.toString();
    }

    /** The code in words, "hold timer expired (4/0)", with the operator's text where there is one. */
    public String describe() {
        String words = NotificationCode.name(code, subcode) + " (" + code + "/" + subcode + ")";
        String text = communication();
        return text.isEmpty() ? words : words + ", saying \"" + text + "\"";
    }
}
