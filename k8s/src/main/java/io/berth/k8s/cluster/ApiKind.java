package io.berth.k8s.cluster;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/** A kind of objects that Berth reads from an API server, and where it lists them. */
enum ApiKind {
    NAMESPACE("Namespace", "", "v1", "namespaces", Home.CLUSTER),
    NODE("Node", "", "v1", "nodes", Home.CLUSTER),
    SERVICE("Service", "", "v1", "services", Home.ANY_NAMESPACE),
    ENDPOINT_SLICE("EndpointSlice", "discovery.k8s.io", "v1", "endpointslices", Home.ANY_NAMESPACE),
    SECRET("Secret", "", "v1", "secrets", Home.OWN_NAMESPACE),
    IP_ADDRESS_POOL("IPAddressPool", "metallb.io", "v1beta1", "ipaddresspools", Home.OWN_NAMESPACE),
    BGP_ADVERTISEMENT("BGPAdvertisement", "metallb.io", "v1beta1", "bgpadvertisements", Home.OWN_NAMESPACE),
    BGP_PEER("BGPPeer", "metallb.io", "v1beta2", "bgppeers", Home.OWN_NAMESPACE),
    BFD_PROFILE("BFDProfile", "metallb.io", "v1beta1", "bfdprofiles", Home.OWN_NAMESPACE),
    COMMUNITY("Community", "metallb.io", "v1beta1", "communities", Home.OWN_NAMESPACE),
    L2_ADVERTISEMENT("L2Advertisement", "metallb.io", "v1beta1", "l2advertisements", Home.OWN_NAMESPACE);

    /** Where objects of a kind live, and which of them concern us. */
    enum Home {
        /** In no namespace. */
        CLUSTER,
        /** In the namespaces of tenants. */
        ANY_NAMESPACE,
        /** In the namespace of the configuration; what others call the same elsewhere is not ours. */
        OWN_NAMESPACE
    }

    private final String kind;
    private final String group;
    private final String version;
    private final String plural;
    private final Home home;

    ApiKind(String kind, String group, String version, String plural, Home home) {
        this.kind = kind;
        this.group = group;
        this.version = version;
        this.plural = plural;
        this.home = home;
    }

    /** The kind of this name, "IPAddressPool". */
    static ApiKind of(String kind) {
        for (ApiKind one : values()) {
            if (one.kind.equals(kind)) {
                return one;
            }
        }
        throw new IllegalArgumentException("no kind that Berth reads: " + kind);
    }

    /** "IPAddressPool". */
    String kind() {
        return kind;
    }

    /** "ipaddresspools". */
    String plural() {
        return plural;
    }

    Home home() {
        return home;
    }

    /** "metallb.io/v1beta1", or "v1". */
    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** Where the API server lists the objects of all namespaces. */
    String path() {
        return root() + plural;
    }

    /** Where the API server lists the objects that one reads whose configuration is in this namespace. */
    String pathFor(String ownNamespace) {
        return home == Home.OWN_NAMESPACE ? root() + "namespaces/" + ownNamespace + "/" + plural : path();
    }

    private String root() {
        return (group.isEmpty() ? "/api/" : "/apis/") + apiVersion() + "/";
    }

    /** Where the API server has one object. */
    String path(String namespace, String name) {
        return path(context(), namespace, name);
    }

    /** Where the API server has one object of a kind that lives in namespaces. */
    static String path(ResourceDefinitionContext kind, String namespace, String name) {
        boolean hasGroup = kind.getGroup() != null && !kind.getGroup().isEmpty();
        return (hasGroup ? "/apis/" + kind.getGroup() + "/" : "/api/") + kind.getVersion() + "/namespaces/" + namespace
                + "/" + kind.getPlural() + "/" + name;
    }

    ResourceDefinitionContext context() {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group.isEmpty() ? null : group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(home != Home.CLUSTER)
                .build();
    }
}
