package io.berth.k8s.cluster;

import io.berth.allocator.ServiceKey;
import io.berth.k8s.resource.BFDProfile;
import io.berth.k8s.resource.BGPAdvertisement;
import io.berth.k8s.resource.BGPPeer;
import io.berth.k8s.resource.Community;
import io.berth.k8s.resource.ConfigError;
import io.berth.k8s.resource.EndpointSlice;
import io.berth.k8s.resource.IPAddressPool;
import io.berth.k8s.resource.Namespace;
import io.berth.k8s.resource.Node;
import io.berth.k8s.resource.Resource;
import io.berth.k8s.resource.Secret;
import io.berth.k8s.resource.Service;
import io.berth.k8s.resource.Warning;
import java.util.List;
import java.util.Optional;

/**
 * The world at one moment: every object that can be used, and what is wrong with the others. Immutable.
 *
 * @param resources in the order in which they were read
 * @param warnings that came to light while reading
 * @param errors objects that cannot be used; they are not among the resources
 */
public record ClusterState(List<Resource> resources, List<Warning> warnings, List<ConfigError> errors) {

    /** The node that is assumed where no manifest declares any. */
    public static final String ASSUMED_NODE = "node";

    public static final ClusterState EMPTY = new ClusterState(List.of(), List.of(), List.of());

    public ClusterState {
        resources = List.copyOf(resources);
        warnings = List.copyOf(warnings);
        errors = List.copyOf(errors);
    }

    /** All objects of one kind, in the order in which they were read. */
    public <R extends Resource> List<R> all(Class<R> kind) {
        return resources.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    public List<Service> services() {
        return all(Service.class);
    }

    public List<IPAddressPool> pools() {
        return all(IPAddressPool.class);
    }

    public List<BGPAdvertisement> advertisements() {
        return all(BGPAdvertisement.class);
    }

    public List<BGPPeer> peers() {
        return all(BGPPeer.class);
    }

    public List<Namespace> namespaces() {
        return all(Namespace.class);
    }

    public List<EndpointSlice> endpointSlices() {
        return all(EndpointSlice.class);
    }

    public List<Secret> secrets() {
        return all(Secret.class);
    }

    public List<Community> communities() {
        return all(Community.class);
    }

    public List<BFDProfile> bfdProfiles() {
        return all(BFDProfile.class);
    }

    /** The declared nodes; without any, one that nothing is known of. */
    public List<Node> nodes() {
        List<Node> declared = all(Node.class);
        return declared.isEmpty() ? List.of(Node.assumed(ASSUMED_NODE)) : declared;
    }

    public Optional<Service> service(ServiceKey key) {
        return services().stream()
                .filter(service -> service.meta().key().equals(key))
                .findFirst();
    }
}
