package io.berth.k8s.advertisement;

import io.berth.allocator.Address;
import io.berth.allocator.Pool;
import io.berth.allocator.Pools;
import io.berth.allocator.ServiceKey;
import io.berth.bgp.Prefix;
import io.berth.bgp.message.Family;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.cluster.Configuration;
import io.berth.k8s.resource.BGPAdvertisement;
import io.berth.k8s.resource.BGPPeer;
import io.berth.k8s.resource.IPAddressPool;
import io.berth.k8s.resource.Node;
import io.berth.k8s.resource.Service;
import io.berth.k8s.resource.Service.ExternalTrafficPolicy;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What one node announces. Made anew when the node, the peers, the pools or the advertisements change; a change of a service or
 * of its endpoints asks for the decision on that service alone, and joins the claims to the prefixes that it touches.
 *
 * <p>The service's status says which addresses it holds: what is not written down is not announced.
 *
 * @param advertisements of each pool, by its name
 */
public record Routes(Node node, Rules rules, Pools pools, Map<String, PoolAdvertisements> advertisements) {

    public Routes {
        advertisements = Map.copyOf(advertisements);
    }

    /** What this node announces in a world, under the configuration that was made of it. */
    public static Routes of(ClusterState state, Configuration configuration, Node node, Rules rules) {
        List<BGPPeer> peers = Peers.ofNode(state, node);
        CommunityWords communities = CommunityWords.of(state.communities());
        List<BGPAdvertisement> inOrder = state.advertisements().stream()
                .sorted(Comparator.comparing(
                        advertisement -> advertisement.meta().name()))
                .toList();
        Function<IPAddressPool, PoolAdvertisements> ofPool = pool -> {
            List<BGPAdvertisement> selecting = inOrder.stream()
                    .filter(advertisement -> advertisement.selectsPool(
                            pool.meta().name(), pool.meta().labels()))
                    .toList();
            return new PoolAdvertisements(
                    pool.meta().name(),
                    selecting.stream()
                            .map(advertisement -> advertisement.meta().name())
                            .toList(),
                    selecting.stream()
                            .filter(advertisement ->
                                    advertisement.selectsNode(node.meta().labels()))
                            .map(advertisement -> NodeAdvertisement.of(advertisement, peers, communities))
                            .toList());
        };
        return new Routes(
                node,
                rules,
                configuration.pools(),
                configuration.poolsByName().values().stream()
                        .collect(Collectors.toMap(pool -> pool.meta().name(), ofPool)));
    }

    String nodeName() {
        return node.meta().name();
    }

    /** Pools that were taken together anew are the same if they say the same. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Routes that
                && node.equals(that.node)
                && rules.equals(that.rules)
                && pools.inOrder().equals(that.pools.inOrder())
                && advertisements.equals(that.advertisements);
    }

    @Override
    public int hashCode() {
        return Objects.hash(node, rules, pools.inOrder(), advertisements);
    }

    /** Which prefixes a service claims here, and why not more. */
    public Decision decide(Service service, Endpoints endpoints) {
        ServiceKey key = service.meta().key();
        Optional<Withheld> notOurs = notOurs(service);
        if (notOurs.isPresent()) {
            return new Decision(key, List.of(), List.of(notOurs.get()));
        }
        Optional<Withheld> silent = silentNode().or(() -> unanswered(service, endpoints));
        List<Claim> claims = new ArrayList<>();
        Set<Withheld> withheld = new LinkedHashSet<>();
        for (InetAddress address : service.ingress()) {
            switch (advertised(service, address)) {
                case Advertised.By by
                when silent.isEmpty() -> {
                    List<Claim> made = claims(service, address, by.advertisements());
                    claims.addAll(made);
                    if (made.isEmpty()) {
                        withheld.add(noPeer(address, by.advertisements()));
                    }
                }
                case Advertised.By _ -> withheld.add(silent.orElseThrow());
                case Advertised.No no -> withheld.add(no.why());
            }
        }
        return new Decision(key, claims, List.copyOf(withheld));
    }

    /** Whether any advertisement is about an address of a service here. */
    private sealed interface Advertised {
        record By(List<NodeAdvertisement> advertisements) implements Advertised {}

        record No(Withheld why) implements Advertised {}
    }

    private Advertised advertised(Service service, InetAddress address) {
        Optional<Pool> pool = pools.owning(Address.of(address));
        if (pool.isEmpty()) {
            return new Advertised.No(new Withheld.InNoPool(address));
        }
        PoolAdvertisements ofPool = advertisements.getOrDefault(
                pool.get().name(), new PoolAdvertisements(pool.get().name(), List.of(), List.of()));
        List<NodeAdvertisement> selecting = ofPool.selecting(service);
        return selecting.isEmpty()
                ? new Advertised.No(ofPool.whyNot(address, nodeName()))
                : new Advertised.By(selecting);
    }

    private Withheld noPeer(InetAddress address, List<NodeAdvertisement> selecting) {
        List<String> names = selecting.stream().map(NodeAdvertisement::name).toList();
        return new Withheld.NoPeer(address, names, nodeName());
    }

    /** What comes of all claims to one prefix. */
    JoinedClaims join(Prefix prefix, Collection<Claim> claims) {
        return JoinedClaims.of(nodeName(), prefix, claims);
    }

    private Optional<Withheld> notOurs(Service service) {
        if (service.type() != Service.Type.LOAD_BALANCER) {
            return Optional.of(new Withheld.NotLoadBalancer());
        }
        if (!service.loadBalancerClass().equals(rules.loadBalancerClass())) {
            return Optional.of(new Withheld.OtherClass(service.loadBalancerClass()));
        }
        return service.ingress().isEmpty() ? Optional.of(new Withheld.NoAddress()) : Optional.empty();
    }

    private Optional<Withheld> silentNode() {
        String name = nodeName();
        if (node.isExcluded() && rules.excludeLabel() == Rules.ExcludeLabel.HONOURED) {
            return Optional.of(new Withheld.NodeExcluded(name));
        }
        return node.network() == Node.Network.UNAVAILABLE
                ? Optional.of(new Withheld.NetworkUnavailable(name))
                : Optional.empty();
    }

    private Optional<Withheld> unanswered(Service service, Endpoints endpoints) {
        return switch (service.externalTrafficPolicy()) {
            case CLUSTER -> endpoints.anywhere() ? Optional.empty() : Optional.of(new Withheld.NoEndpoint());
            case LOCAL -> {
                String name = nodeName();
                yield endpoints.on(name) ? Optional.empty() : Optional.of(new Withheld.NoLocalEndpoint(name));
            }
        };
    }

    private List<Claim> claims(Service service, InetAddress address, List<NodeAdvertisement> selecting) {
        List<Claim> claims = new ArrayList<>();
        for (NodeAdvertisement advertisement : selecting) {
            Prefix prefix = prefix(service, address, advertisement.resource());
            for (BGPPeer peer : advertisement.peers()) {
                if (Peers.families(peer).contains(Family.of(prefix))) {
                    claims.add(new Claim(
                            service.meta().key(),
                            advertisement.name(),
                            peer.meta().name(),
                            prefix,
                            advertisement.attributes(peer)));
                }
            }
        }
        return claims;
    }

    private Prefix prefix(Service service, InetAddress address, BGPAdvertisement advertisement) {
        boolean alone = service.externalTrafficPolicy() == ExternalTrafficPolicy.LOCAL
                && rules.localServices() == Rules.LocalServices.AS_HOST_ROUTES;
        Prefix host = Prefix.host(address);
        int length = host.isIpv4() ? advertisement.aggregationLength() : advertisement.aggregationLengthV6();
        return alone ? host : Prefix.containing(address, length);
    }
}
