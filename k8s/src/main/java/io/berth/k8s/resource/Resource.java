package io.berth.k8s.resource;

/** An object that Berth reads. */
public sealed interface Resource
        permits Namespace,
                Node,
                Service,
                EndpointSlice,
                Secret,
                IPAddressPool,
                BGPAdvertisement,
                BGPPeer,
                BFDProfile,
                Community,
                L2Advertisement {

    ObjectMeta meta();

    /** "IPAddressPool", as the manifest says. */
    default String kind() {
        return getClass().getSimpleName();
    }

    /** "IPAddressPool/team-a-ips", or "Service/team-a/web" for what lives in a tenant's namespace. */
    default String reference() {
        boolean inTenantsNamespace = this instanceof Service || this instanceof EndpointSlice || this instanceof Secret;
        return kind() + "/" + (inTenantsNamespace ? meta().namespace() + "/" : "") + meta().name();
    }
}
