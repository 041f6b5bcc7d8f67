package io.berth.k8s.lint;

import io.berth.allocator.Fence;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.cluster.Configuration;
import io.berth.k8s.resource.BGPAdvertisement;
import io.berth.k8s.resource.BGPPeer;
import io.berth.k8s.resource.Communities;
import io.berth.k8s.resource.Namespace;
import io.berth.k8s.resource.Resource;
import io.berth.k8s.resource.Secret;
import io.berth.k8s.resource.Service;
import io.berth.k8s.resource.UnservedOption;
import io.berth.k8s.resource.Warning;
import io.berth.k8s.resource.Warning.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Objects that name others which are not there, and options that are not served. */
final class ReferenceLints {

    private static final String CORRECT = "; correct the name or create it";

    private final Set<String> pools;
    private final Set<String> peers;
    private final Set<String> aliases;
    private final Set<String> profiles;

    /** By namespace, then by name. */
    private final Map<String, Map<String, Secret>> secrets = new HashMap<>();

    /** Otherwise one that is not among them may be there all the same. */
    private final boolean secretsAreRead;

    private final Slips slips;
    private final List<Warning> warnings = new ArrayList<>();

    private ReferenceLints(ClusterState state, Configuration configuration, Slips slips) {
        this.slips = slips;
        this.secretsAreRead = !state.hidden().contains(Secret.class);
        // One that overlaps is there, although it is not in use.
        this.pools = new HashSet<>(configuration.poolsByName().keySet());
        this.pools.addAll(names(state.pools()));
        this.peers = names(state.peers());
        this.profiles = names(state.bfdProfiles());
        this.aliases = state.communities().stream()
                .flatMap(community -> community.aliases().keySet().stream())
                .collect(Collectors.toSet());
        state.secrets()
                .forEach(secret -> secrets.computeIfAbsent(secret.meta().namespace(), _ -> new TreeMap<>())
                        .put(secret.meta().name(), secret));
    }

    /** @param services that are ours */
    static List<Warning> on(ClusterState state, Configuration configuration, List<Service> services, Slips slips) {
        ReferenceLints lints = new ReferenceLints(state, configuration, slips);
        state.namespaces().forEach(lints::fence);
        services.forEach(lints::requestedPool);
        state.advertisements().forEach(lints::advertisement);
        state.peers().forEach(lints::peer);
        return lints.warnings;
    }

    private static Set<String> names(List<? extends Resource> resources) {
        return resources.stream().map(resource -> resource.meta().name()).collect(Collectors.toSet());
    }

    private void fence(Namespace namespace) {
        if (namespace.fence() instanceof Fence.Around(List<String> named)) {
            missing(named, pools)
                    .forEach(pool -> warn(
                            Reason.POOL_NOT_FOUND,
                            namespace,
                            "annotation berth.io/pools: pool " + absent(pool, pools) + CORRECT));
        }
    }

    private void requestedPool(Service service) {
        String pool = service.meta().metallbAnnotation("address-pool").strip();
        if (!pool.isEmpty() && !pools.contains(pool)) {
            warn(
                    Reason.POOL_NOT_FOUND,
                    service,
                    "annotation metallb.io/address-pool: pool " + absent(pool, pools)
                            + "; correct the name or remove the annotation");
        }
    }

    private void advertisement(BGPAdvertisement advertisement) {
        missing(advertisement.ipAddressPools(), pools)
                .forEach(pool -> warn(
                        Reason.POOL_NOT_FOUND,
                        advertisement,
                        "spec.ipAddressPools: pool " + absent(pool, pools) + CORRECT));
        missing(advertisement.peers(), peers)
                .forEach(peer -> warn(
                        Reason.PEER_NOT_FOUND, advertisement, "spec.peers: peer " + absent(peer, peers) + CORRECT));
        missing(advertisement.communities(), aliases).stream()
                .filter(community -> !Communities.isValue(community))
                .forEach(community -> warn(
                        Reason.COMMUNITY_NOT_FOUND,
                        advertisement,
                        "spec.communities: community alias " + absent(community, aliases)
                                + "; correct the name or declare it in a Community"));
    }

    private void peer(BGPPeer peer) {
        if (!peer.bfdProfile().isEmpty() && !profiles.contains(peer.bfdProfile())) {
            warn(
                    Reason.BFD_PROFILE_NOT_FOUND,
                    peer,
                    "spec.bfdProfile: BFDProfile " + absent(peer.bfdProfile(), profiles) + CORRECT);
        }
        if (peer.password() instanceof BGPPeer.Password.InSecret(String namespace, String name)) {
            passwordSecret(peer, namespace, name);
        }
        for (UnservedOption option : peer.notServed()) {
            warn(
                    Reason.UNSUPPORTED_KIND,
                    peer,
                    option + " is not served by this version of Berth; the session runs without it or not at all, so"
                            + " remove it where the session can do without");
        }
    }

    private void passwordSecret(BGPPeer peer, String namespace, String name) {
        // One that is there can be without a password; one that is not may only be out of sight.
        Map<String, Secret> there = secrets.getOrDefault(namespace, Map.of());
        Secret secret = there.get(name);
        String which = "spec.passwordSecret: Secret " + namespace + "/";
        if (secret == null && secretsAreRead) {
            warn(
                    Reason.SECRET_NOT_FOUND,
                    peer,
                    which + absent(name, there.keySet())
                            + "; create it with a key 'password': the session stays down until then");
        } else if (secret != null && secret.password().isEmpty()) {
            warn(
                    Reason.SECRET_NOT_FOUND,
                    peer,
                    which + name + " has no key 'password'; add it: the session stays down until then");
        }
    }

    private static List<String> missing(List<String> named, Set<String> existing) {
        return named.stream()
                .distinct()
                .filter(name -> !existing.contains(name))
                .toList();
    }

    private String absent(String name, Collection<String> existing) {
        return name + " does not exist" + slips.hint(name, existing);
    }

    private void warn(Reason reason, Resource object, String message) {
        warnings.add(new Warning(reason, object.reference(), message));
    }
}
