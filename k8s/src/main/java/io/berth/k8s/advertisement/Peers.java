package io.berth.k8s.advertisement;

import io.berth.bgp.AddressLiteral;
import io.berth.bgp.Asn;
import io.berth.bgp.BgpIdentifier;
import io.berth.bgp.PeerConfig;
import io.berth.bgp.PeerConfig.PeerAs;
import io.berth.bgp.message.Family;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.resource.BGPPeer;
import io.berth.k8s.resource.BGPPeer.Password;
import io.berth.k8s.resource.Node;
import io.berth.k8s.resource.Secret;
import io.berth.k8s.resource.UnservedOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The sessions of one node.
 *
 * @param served what the speaker is told
 * @param unserved peers of this node that stay down, and why
 */
public record Peers(Set<PeerConfig> served, List<Unserved> unserved) {

    /** A peer that there is no session with; the reason in one sentence for an operator. */
    public record Unserved(BGPPeer peer, String reason) {

        /** Where it would be dialled; the unspecified address where only an interface is known. */
        InetSocketAddress remote() {
            return peer.peerAddress().isEmpty()
                    ? new InetSocketAddress(peer.peerPort())
                    : new InetSocketAddress(AddressLiteral.parse(peer.peerAddress()), peer.peerPort());
        }
    }

    /**
     * What all sessions of a speaker have in common.
     *
     * @param identifier our BGP Identifier towards a peer whose resource names none
     * @param connect whether we dial only, or are listening too
     */
    public record Own(Function<InetSocketAddress, BgpIdentifier> identifier, PeerConfig.Connect connect) {}

    public Peers {
        served = Set.copyOf(served);
        unserved = List.copyOf(unserved);
    }

    /** The BGPPeers that this node has sessions with, in the order of their names. */
    static List<BGPPeer> ofNode(ClusterState state, Node node) {
        return state.peers().stream()
                .filter(peer -> peer.selectsNode(node.meta().labels()))
                .sorted(Comparator.comparing(peer -> peer.meta().name()))
                .toList();
    }

    /** That of the session's addresses unless both are asked for, as MetalLB has it. */
    static Set<Family> families(BGPPeer peer) {
        return switch (peer.addressFamilies()) {
            case OF_THE_SESSION -> Set.of(peer.peerAddress().contains(":") ? Family.IPV6_UNICAST : Family.IPV4_UNICAST);
            case BOTH -> EnumSet.allOf(Family.class);
        };
    }

    public static Peers of(ClusterState state, Node node, Own own) {
        Set<PeerConfig> served = new HashSet<>();
        List<Unserved> unserved = new ArrayList<>();
        for (BGPPeer peer : ofNode(state, node)) {
            Optional<String> obstacle = obstacle(peer, state.secrets());
            if (obstacle.isPresent()) {
                unserved.add(new Unserved(peer, obstacle.get()));
            } else {
                served.add(config(peer, own, state.secrets()));
            }
        }
        return new Peers(served, unserved);
    }

    private static Optional<String> obstacle(BGPPeer peer, List<Secret> secrets) {
        return peer.notServed().stream()
                .filter(option -> option.consequence() == UnservedOption.Consequence.NO_SESSION)
                .findFirst()
                .map(option -> option + " is not served by this version")
                .or(() -> peer.password() instanceof Password.InSecret secret
                        ? missing(secret, secrets)
                        : Optional.empty());
    }

    /** A session that is to have a password is never tried without. */
    private static Optional<String> missing(Password.InSecret wanted, List<Secret> secrets) {
        String name = "Secret " + wanted.namespace() + "/" + wanted.name();
        Optional<Secret> secret = find(wanted, secrets);
        if (secret.isEmpty()) {
            return Optional.of("its password is in " + name + ", which does not exist");
        }
        return secret.get().password().isEmpty()
                ? Optional.of("its password should be in " + name + ", which has no field 'password'")
                : Optional.empty();
    }

    private static Optional<Secret> find(Password.InSecret wanted, List<Secret> secrets) {
        return secrets.stream()
                .filter(secret -> secret.meta().namespace().equals(wanted.namespace())
                        && secret.meta().name().equals(wanted.name()))
                .findFirst();
    }

    private static PeerConfig config(BGPPeer peer, Own own, List<Secret> secrets) {
        var remote = new InetSocketAddress(AddressLiteral.parse(peer.peerAddress()), peer.peerPort());
        BgpIdentifier identifier =
                peer.routerId().isEmpty() ? own.identifier().apply(remote) : BgpIdentifier.parse(peer.routerId());
        return new PeerConfig(
                peer.meta().name(),
                remote,
                new PeerConfig.Local(new Asn(peer.myAsn()), identifier, peer.holdTime(), families(peer)),
                new PeerAs.Exactly(new Asn(peer.peerAsn())),
                own.connect(),
                transport(peer, secrets));
    }

    private static PeerConfig.Transport transport(BGPPeer peer, List<Secret> secrets) {
        InetAddress source = peer.sourceAddress().isEmpty()
                ? PeerConfig.Transport.DEFAULT.localAddress()
                : AddressLiteral.parse(peer.sourceAddress());
        String password = switch (peer.password()) {
            case Password.None _ -> "";
            case Password.Plain plain -> plain.value();
            case Password.InSecret secret -> find(secret, secrets).orElseThrow().password();
        };
        return new PeerConfig.Transport(source, PeerConfig.Transport.DEFAULT.reach(), password, peer.connectTime());
    }
}
