package io.berth.k8s;

import io.berth.bgp.AddressLiteral;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a peer listens, as people write it: {@code 192.0.2.1}, {@code 192.0.2.1:1790}, {@code [2001:db8::1]:1790}. */
record PeerAddress(String text, InetSocketAddress socket) {

    private static final int BGP = 179;
    private static final Pattern FORM =
            Pattern.compile("(?:\\[(?<v6>[^\\]]+)]|(?<v4>[^:\\[\\]]+))(?::(?<port>\\d{1,5}))?");

    /**
     * Parses an address with or without a port, which is 179 otherwise.
     *
     * @throws IllegalArgumentException naming the text
     */
    static PeerAddress parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw malformed(text);
        }
        int port = form.group("port") == null ? BGP : Integer.parseInt(form.group("port"));
        if (port < 1 || port > 65535) {
            throw malformed(text);
        }
        String address = form.group("v6") == null ? form.group("v4") : form.group("v6");
        return new PeerAddress(text, new InetSocketAddress(AddressLiteral.parse(address), port));
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "a peer is ADDRESS or ADDRESS:PORT, as 192.0.2.1:179 or [2001:db8::1]:179, got '" + text + "'");
    }
}
