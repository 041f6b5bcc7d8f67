package io.berth.allocator;

import java.net.Inet4Address;
import java.net.InetAddress;

/** An IP address family. */
public enum Family {
    IPV4("IPv4"),
    IPV6("IPv6");

    private final String label;

    Family(String label) {
        this.label = label;
    }

    public static Family of(InetAddress address) {
        return address instanceof Inet4Address ? IPV4 : IPV6;
    }

    public Family other() {
        return this == IPV4 ? IPV6 : IPV4;
    }

    /** "IPv4" or "IPv6", as Kubernetes writes it. */
    @Override
    public String toString() {
        return label;
    }
}
