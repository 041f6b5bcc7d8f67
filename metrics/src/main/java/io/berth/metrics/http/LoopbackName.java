package io.berth.metrics.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/**
 * By which name a client reached us over loopback. A web page from anywhere can have its own name resolve to 127.0.0.1, and the
 * browser of somebody who has a port forwarded would then let it read what stands there. Such a page's name is in the Host
 * header; an address, or localhost, is nobody's but ours. Whoever comes over the network may use any name: which ones a cluster
 * has for us we cannot know.
 */
final class LoopbackName {

    private LoopbackName() {}

    /** Whether a request that came in at this address of ours is addressed to somebody else's name. */
    static boolean isAnothers(InetAddress local, List<String> hosts) {
        return local.isLoopbackAddress() && !hosts.stream().allMatch(LoopbackName::isOurs);
    }

    private static boolean isOurs(String host) {
        String name = withoutPort(host.strip()).toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.endsWith(".localhost") || isAddress(name);
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }

    private static boolean isAddress(String name) {
        try {
            InetAddress.ofLiteral(
                    name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
