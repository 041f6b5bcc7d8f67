package io.berth.allocator;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** How many addresses of each family every namespace has. */
final class NamespaceTally {

    private static final class Count {
        private int ipv4;
        private int ipv6;

        private int total() {
            return ipv4 + ipv6;
        }
    }

    private final Map<String, Count> counts = new HashMap<>();

    void add(String namespace, Family family, int change) {
        Count count = counts.get(namespace);
        if (count == null) {
            count = new Count();
            counts.put(namespace, count);
        }
        switch (family) {
            case IPV4 -> count.ipv4 += change;
            case IPV6 -> count.ipv6 += change;
        }
        if (count.total() == 0) {
            counts.remove(namespace);
        }
    }

    int of(String namespace) {
        Count count = counts.get(namespace);
        return count == null ? 0 : count.total();
    }

    Map<String, PoolUsage.Held> all() {
        Map<String, PoolUsage.Held> all = new TreeMap<>();
        counts.forEach((namespace, count) -> all.put(namespace, new PoolUsage.Held(count.ipv4, count.ipv6)));
        return all;
    }
}
