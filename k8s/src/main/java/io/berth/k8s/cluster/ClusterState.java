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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The world at one moment: every object that can be used, and what is wrong with the others. Immutable.
 *
 * <p>Of Services and EndpointSlices there are many, and they change all the time: the next state shares with the last all of them
 * that did not change, and {@link #changedServices} finds what lies between the two. Everything else is configuration, of which
 * there is little; {@link #isConfiguredAs} says whether it is the same.
 */
public final class ClusterState {

    /** The node that is assumed where no manifest declares any. */
    public static final String ASSUMED_NODE = "node";

    private static final String SERVICE = "Service/";
    private static final String ENDPOINT_SLICE = "EndpointSlice/";

    public static final ClusterState EMPTY = new ClusterState(List.of(), List.of(), List.of());

    private final Picture picture;

    /** Kinds that nobody reads here. */
    private final Set<Class<? extends Resource>> hidden;

    private final PersistentMap<ServiceKey, Service> services;
    private final Slices slices;

    /** In the order in which they were read. */
    private final List<Resource> configuration;

    private final List<Warning> warnings;
    private final List<ConfigError> errors;

    /**
     * A world that somebody has written down ({@link Picture#DECLARED}).
     *
     * @param resources in the order in which they were read, no two with one {@link Resource#reference}
     * @param warnings that came to light while reading
     * @param errors objects that cannot be used; they are not among the resources
     */
    public ClusterState(List<Resource> resources, List<Warning> warnings, List<ConfigError> errors) {
        this(
                Picture.DECLARED,
                Set.of(),
                PersistentMap.of(
                        of(Service.class, resources).toList(),
                        service -> service.meta().key()),
                Slices.of(of(EndpointSlice.class, resources).toList()),
                resources.stream().filter(ClusterState::isConfiguration).toList(),
                List.copyOf(warnings),
                List.copyOf(errors));
    }

    private ClusterState(
            Picture picture,
            Set<Class<? extends Resource>> hidden,
            PersistentMap<ServiceKey, Service> services,
            Slices slices,
            List<Resource> configuration,
            List<Warning> warnings,
            List<ConfigError> errors) {
        this.picture = picture;
        this.hidden = hidden;
        this.services = services;
        this.slices = slices;
        this.configuration = configuration;
        this.warnings = warnings;
        this.errors = errors;
    }

    private static boolean isConfiguration(Resource resource) {
        return !(resource instanceof Service || resource instanceof EndpointSlice);
    }

    private static <R extends Resource> Stream<R> of(Class<R> kind, List<Resource> resources) {
        return resources.stream().filter(kind::isInstance).map(kind::cast);
    }

    /** This world, with another meaning of what is not in it. */
    public ClusterState as(Picture other) {
        return new ClusterState(other, hidden, services, slices, configuration, warnings, errors);
    }

    /** This world as one in which nobody reads objects of these kinds: that one is not in it says nothing of whether it is there. */
    public ClusterState hiding(Set<Class<? extends Resource>> kinds) {
        return new ClusterState(picture, Set.copyOf(kinds), services, slices, configuration, warnings, errors);
    }

    /**
     * This world once an object is as given, or has come; this very state where that says nothing new. Whoever watches leaves out
     * of an object what nobody decides on, such as the resourceVersion where nothing is written conditionally on it: then what only
     * looks like a change costs nothing further on.
     */
    public ClusterState with(Resource resource) {
        return switch (resource) {
            case Service service -> with(services.with(service.meta().key(), service), slices);
            case EndpointSlice slice -> with(services, slices.with(slice));
            default -> configured(resource);
        };
    }

    /** This world once an object is gone; this very state where there is no such object. {@link Resource#reference} names it. */
    public ClusterState without(String reference) {
        if (reference.startsWith(SERVICE)) {
            return with(services.without(ServiceKey.parse(reference.substring(SERVICE.length()))), slices);
        }
        if (reference.startsWith(ENDPOINT_SLICE)) {
            return with(services, slices.without(ServiceKey.parse(reference.substring(ENDPOINT_SLICE.length()))));
        }
        List<Resource> left = configuration.stream()
                .filter(resource -> !resource.reference().equals(reference))
                .toList();
        return left.size() == configuration.size() ? this : with(left);
    }

    /** This world with these warnings and errors in place of those that it has. */
    public ClusterState noting(List<Warning> otherWarnings, List<ConfigError> otherErrors) {
        return otherWarnings.equals(warnings) && otherErrors.equals(errors)
                ? this
                : new ClusterState(
                        picture,
                        hidden,
                        services,
                        slices,
                        configuration,
                        List.copyOf(otherWarnings),
                        List.copyOf(otherErrors));
    }

    private ClusterState with(PersistentMap<ServiceKey, Service> otherServices, Slices otherSlices) {
        return otherServices.equals(services) && otherSlices.equals(slices)
                ? this
                : new ClusterState(picture, hidden, otherServices, otherSlices, configuration, warnings, errors);
    }

    private ClusterState with(List<Resource> otherConfiguration) {
        return new ClusterState(picture, hidden, services, slices, otherConfiguration, warnings, errors);
    }

    private ClusterState configured(Resource resource) {
        for (int i = 0; i < configuration.size(); i++) {
            Resource standing = configuration.get(i);
            if (standing.meta().name().equals(resource.meta().name())
                    && standing.reference().equals(resource.reference())) {
                List<Resource> changed = new ArrayList<>(configuration);
                changed.set(i, resource);
                return standing.equals(resource) ? this : with(List.copyOf(changed));
            }
        }
        return with(Stream.concat(configuration.stream(), Stream.of(resource)).toList());
    }

    /** The services that are other than in an earlier state, in the order in which they first came; behind them those that are gone. */
    public List<ServiceKey> changedServices(ClusterState before) {
        return services.changes(before.services);
    }

    /** The services, there or not, whose EndpointSlices are other than in an earlier state. */
    public List<ServiceKey> changedEndpoints(ClusterState before) {
        return slices.changes(before.slices);
    }

    /** Whether all but services, EndpointSlices, warnings and errors is as in another state. */
    public boolean isConfiguredAs(ClusterState other) {
        return picture == other.picture && hidden.equals(other.hidden) && configuration.equals(other.configuration);
    }

    /** What it means that something is not there. */
    public Picture picture() {
        return picture;
    }

    /** Kinds of which one that is not in it may be there all the same, since nobody reads them here. */
    public Set<Class<? extends Resource>> hidden() {
        return hidden;
    }

    /** All objects; those of one kind in the order in which they were read. */
    public List<Resource> resources() {
        return Stream.of(configuration, services.values(), slices.values())
                .<Resource>flatMap(List::stream)
                .toList();
    }

    /** What came to light while reading. */
    public List<Warning> warnings() {
        return warnings;
    }

    /** What cannot be used, and is not among the resources. */
    public List<ConfigError> errors() {
        return errors;
    }

    public List<Service> services() {
        return services.values();
    }

    public Optional<Service> service(ServiceKey key) {
        return services.get(key);
    }

    public List<EndpointSlice> endpointSlices() {
        return slices.values();
    }

    /** What is said of where a service is answered. */
    public List<EndpointSlice> endpointSlices(ServiceKey service) {
        return slices.of(service);
    }

    public List<IPAddressPool> pools() {
        return configured(IPAddressPool.class);
    }

    public List<BGPAdvertisement> advertisements() {
        return configured(BGPAdvertisement.class);
    }

    public List<BGPPeer> peers() {
        return configured(BGPPeer.class);
    }

    public List<Namespace> namespaces() {
        return configured(Namespace.class);
    }

    public List<Secret> secrets() {
        return configured(Secret.class);
    }

    public List<Community> communities() {
        return configured(Community.class);
    }

    public List<BFDProfile> bfdProfiles() {
        return configured(BFDProfile.class);
    }

    /** The nodes; where a world is only declared and declares none, one that nothing is known of. */
    public List<Node> nodes() {
        List<Node> there = configured(Node.class);
        return there.isEmpty() && picture == Picture.DECLARED ? List.of(Node.assumed(ASSUMED_NODE)) : there;
    }

    /** Whether the world says itself which nodes there are. */
    public boolean hasNodes() {
        return configuration.stream().anyMatch(Node.class::isInstance);
    }

    private <R extends Resource> List<R> configured(Class<R> kind) {
        return of(kind, configuration).toList();
    }

    @Override
    public boolean equals(Object other) {
        return other == this
                || other instanceof ClusterState that
                        && isConfiguredAs(that)
                        && services.equals(that.services)
                        && slices.equals(that.slices)
                        && warnings.equals(that.warnings)
                        && errors.equals(that.errors);
    }

    @Override
    public int hashCode() {
        return Objects.hash(picture, hidden, services, slices, configuration, warnings, errors);
    }

    @Override
    public String toString() {
        return picture + " " + resources() + " " + warnings + " " + errors;
    }
}
