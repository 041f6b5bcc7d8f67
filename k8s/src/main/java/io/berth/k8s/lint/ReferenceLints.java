package io.berth.k8s.lint;

import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.cluster.Configuration;
import io.berth.k8s.resource.BGPAdvertisement;
import io.berth.k8s.resource.BGPPeer;
import io.berth.k8s.resource.Communities;
import io.berth.k8s.resource.IPAddressPool;
import io.berth.k8s.resource.NearestName;
import io.berth.k8s.resource.Resource;
import io.berth.k8s.resource.Warning;
import io.berth.k8s.resource.Warning.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Objects that name others which are not there, pools that nobody announces, and options that are not served. */
final class ReferenceLints {

    private final ClusterState state;
    private final Map<String, IPAddressPool> pools;
    private final List<Warning> warnings = new ArrayList<>();

    ReferenceLints(ClusterState state, Configuration configuration) {
        this.state = state;
        this.pools = configuration.poolsByName();
    }

    List<Warning> warnings() {
        state.advertisements().forEach(this::advertisement);
        state.peers().forEach(this::peer);
        pools.values().forEach(this::notAdvertised);
        return warnings;
    }

    private void advertisement(BGPAdvertisement advertisement) {
        Set<String> peers = names(state.peers());
        Set<String> aliases = state.communities().stream()
                .flatMap(community -> community.aliases().keySet().stream())
                .collect(Collectors.toSet());
        for (String pool : advertisement.ipAddressPools()) {
            if (!pools.containsKey(pool)) {
                missing(
                        Reason.POOL_NOT_FOUND,
                        advertisement,
                        "spec.ipAddressPools: pool " + pool,
                        pool,
                        pools.keySet());
            }
        }
        for (String peer : advertisement.peers()) {
            if (!peers.contains(peer)) {
                missing(Reason.PEER_NOT_FOUND, advertisement, "spec.peers: peer " + peer, peer, peers);
            }
        }
        for (String community : advertisement.communities()) {
            if (!Communities.isValue(community) && !aliases.contains(community)) {
                missing(
                        Reason.COMMUNITY_NOT_FOUND,
                        advertisement,
                        "spec.communities: community alias " + community,
                        community,
                        aliases);
            }
        }
    }

    private void peer(BGPPeer peer) {
        Set<String> profiles = names(state.bfdProfiles());
        if (!peer.bfdProfile().isEmpty() && !profiles.contains(peer.bfdProfile())) {
            missing(
                    Reason.BFD_PROFILE_NOT_FOUND,
                    peer,
                    "spec.bfdProfile: BFDProfile " + peer.bfdProfile(),
                    peer.bfdProfile(),
                    profiles);
        }
        if (peer.password() instanceof BGPPeer.Password.InSecret(String namespace, String name)) {
            boolean there = state.secrets().stream()
                    .anyMatch(secret -> secret.meta().name().equals(name)
                            && secret.meta().namespace().equals(namespace)
                            && !secret.password().isEmpty());
            if (!there) {
                warnings.add(new Warning(
                        Reason.SECRET_NOT_FOUND,
                        peer.reference(),
                        "spec.passwordSecret: Secret " + namespace + "/" + name
                                + " with a key 'password' does not exist; the session stays down until it does"));
            }
        }
        for (String field : peer.notServed()) {
            warnings.add(new Warning(
                    Reason.UNSUPPORTED_KIND,
                    peer.reference(),
                    field + " is not served by this version of Berth; the session runs without it or not at all"));
        }
    }

    private void notAdvertised(IPAddressPool pool) {
        boolean advertised = state.advertisements().stream()
                .anyMatch(advertisement -> advertisement.selectsPool(
                        pool.meta().name(), pool.meta().labels()));
        if (!advertised) {
            warnings.add(new Warning(
                    Reason.POOL_NOT_ADVERTISED,
                    pool.reference(),
                    "no BGPAdvertisement selects the pool: its addresses are given but never announced"));
        }
    }

    private static Set<String> names(List<? extends Resource> resources) {
        return resources.stream().map(resource -> resource.meta().name()).collect(Collectors.toSet());
    }

    private void missing(Reason reason, Resource object, String what, String name, Set<String> existing) {
        warnings.add(
                new Warning(reason, object.reference(), what + " does not exist" + NearestName.hint(name, existing)));
    }
}
