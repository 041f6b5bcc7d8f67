package io.berth.k8s.resource;

import io.berth.allocator.Selector;
import java.util.List;
import java.util.Map;

/**
 * A BGPAdvertisement (metallb.io/v1beta1): which addresses are announced, from where, to whom, and what is said of them.
 *
 * @param aggregationLength prefix length that IPv4 addresses are announced under, 1 to 32
 * @param aggregationLengthV6 the same of IPv6, 1 to 128
 * @param localPref 0 where none is set, as in the API
 * @param communities as written: values or names of aliases
 */
public record BGPAdvertisement(
        ObjectMeta meta,
        int aggregationLength,
        int aggregationLengthV6,
        long localPref,
        List<String> communities,
        List<String> ipAddressPools,
        List<Selector> ipAddressPoolSelectors,
        List<Selector> nodeSelectors,
        List<String> peers,
        List<Selector> serviceSelectors)
        implements Resource {

    private static final long MAX_LOCAL_PREF = 0xFFFF_FFFFL;

    public BGPAdvertisement {
        communities = List.copyOf(communities);
        ipAddressPools = List.copyOf(ipAddressPools);
        ipAddressPoolSelectors = List.copyOf(ipAddressPoolSelectors);
        nodeSelectors = List.copyOf(nodeSelectors);
        peers = List.copyOf(peers);
        serviceSelectors = List.copyOf(serviceSelectors);
    }

    static BGPAdvertisement from(ObjectMeta meta, Fields root) {
        Fields spec = root.object("spec");
        long localPref = spec.number("localPref", 0);
        if (localPref < 0 || localPref > MAX_LOCAL_PREF) {
            spec.error("localPref", "must be 0 to " + MAX_LOCAL_PREF + ", got " + localPref);
        }
        unserved(spec);
        List<String> communities = spec.texts("communities");
        for (int i = 0; i < communities.size(); i++) {
            if (!Communities.isValue(communities.get(i)) && !Communities.mayBeAlias(communities.get(i))) {
                spec.error(
                        "communities[" + i + "]",
                        "must be N:N, large:N:N:N, a well-known name or the name of an alias, got '"
                                + communities.get(i) + "'");
            }
        }
        var advertisement = new BGPAdvertisement(
                meta,
                length(spec, "aggregationLength", 32),
                length(spec, "aggregationLengthV6", 128),
                localPref,
                communities,
                spec.texts("ipAddressPools"),
                LabelSelectors.all(spec, "ipAddressPoolSelectors"),
                LabelSelectors.all(spec, "nodeSelectors"),
                spec.texts("peers"),
                LabelSelectors.all(spec, "serviceSelectors"));
        if (advertisement.aggregates() && !advertisement.serviceSelectors.isEmpty()) {
            spec.error(
                    "serviceSelectors",
                    "must be empty with an aggregationLength other than 32 or an aggregationLengthV6 other than 128,"
                            + " got "
                            + advertisement.aggregationLength + " and " + advertisement.aggregationLengthV6);
        }
        spec.done();
        return advertisement;
    }

    /** An aggregate would draw the traffic of services that are not selected. */
    private boolean aggregates() {
        return aggregationLength != 32 || aggregationLengthV6 != 128;
    }

    private static void unserved(Fields spec) {
        if (!spec.has("asPathPrepend")) {
            return;
        }
        int times = spec.integer("asPathPrepend", 1);
        if (times < 1 || times > 10) {
            spec.error("asPathPrepend", "must be 1 to 10, got " + times);
        }
        spec.warn(
                Warning.Reason.UNSUPPORTED_KIND,
                "spec.asPathPrepend is not served by this version of Berth; the routes go out without it, so remove it"
                        + " where they can");
    }

    private static int length(Fields spec, String field, int longest) {
        int length = spec.integer(field, longest);
        if (length < 1 || length > longest) {
            spec.error(field, "must be 1 to " + longest + ", got " + length);
            return longest;
        }
        return length;
    }

    /** Whether it is about this pool; naming none means all. */
    public boolean selectsPool(String pool, Map<String, String> labels) {
        return ipAddressPools.isEmpty() && ipAddressPoolSelectors.isEmpty()
                || ipAddressPools.contains(pool)
                || ipAddressPoolSelectors.stream().anyMatch(selector -> selector.matches(labels));
    }

    public boolean selectsNode(Map<String, String> labels) {
        return nodeSelectors.isEmpty() || nodeSelectors.stream().anyMatch(selector -> selector.matches(labels));
    }

    public boolean selectsService(Map<String, String> labels) {
        return serviceSelectors.isEmpty() || serviceSelectors.stream().anyMatch(selector -> selector.matches(labels));
    }

    public boolean selectsPeer(String peer) {
        return peers.isEmpty() || peers.contains(peer);
    }
}
