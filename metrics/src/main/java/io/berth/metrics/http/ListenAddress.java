package io.berth.metrics.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where to listen, as people write it: {@code :7472}, {@code 127.0.0.1:7472}, {@code [::1]:7472}. */
public final class ListenAddress {

    private static final Pattern FORM = Pattern.compile("(?:\\[(?<v6>[^\\]]*)]|(?<v4>[^:\\[\\]]*)):(?<port>\\d{1,5})");

    private ListenAddress() {}

    /**
     * Parses an address without ever looking a name up. Without an address before the colon it is every address of this
     * machine, IPv4 and IPv6; port 0 is a free port of the system's choice.
     *
     * @throws IllegalArgumentException naming the text, when it is none of the forms above
     */
    public static InetSocketAddress parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw malformed(text);
        }
        int port = Integer.parseInt(form.group("port"));
        String v6 = form.group("v6");
        String address = v6 != null ? v6 : form.group("v4");
        if (port > 65535 || (v6 != null && !v6.contains(":"))) {
            throw malformed(text);
        }
        if (address.isEmpty()) {
            return new InetSocketAddress(port);
        }
        try {
            return new InetSocketAddress(InetAddress.ofLiteral(address), port);
        } catch (IllegalArgumentException notAnAddress) {
            throw malformed(text);
        }
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is not an address to listen on; write :7472, 127.0.0.1:7472 or [::1]:7472");
    }
}
