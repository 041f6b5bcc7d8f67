package io.berth.k8s.status;

import io.berth.allocator.ServiceKey;
import io.berth.bgp.PeerSnapshot;
import io.berth.k8s.advertisement.AdvertisementSnapshot;
import io.berth.k8s.board.StatusSource;
import io.berth.k8s.board.StatusTarget;
import io.berth.k8s.board.Wanted;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.resource.BGPPeer;
import io.berth.k8s.status.ConfigurationStatus.Component;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What the speaker of a node tells: its sessions, which services it announces to whom, and what of the configuration cannot be
 * used.
 *
 * @param sessions those that there are, and those that there cannot be
 * @param before hears once which services the process before this one announced from this node
 */
public record SpeakerStatuses(
        Supplier<AdvertisementSnapshot> advertisement,
        Supplier<List<PeerSnapshot>> sessions,
        Supplier<ClusterState> state,
        Consumer<Set<ServiceKey>> before)
        implements StatusSource {

    private static final String SESSION = "BGPSession";
    private static final String SERVICE = "ServiceBGPStatus";
    private static final String CONFIGURATION = "ConfigurationState";

    private String node() {
        return advertisement.get().node();
    }

    @Override
    public boolean isReady() {
        return !node().isEmpty();
    }

    @Override
    public List<Kept> kept() {
        String node = node();
        return List.of(
                new Kept.Ours(SESSION, "berth.io/node=" + Names.label(node)),
                new Kept.Ours(SERVICE, "metallb.io/node=" + Names.label(node)),
                new Kept.Ours(CONFIGURATION, "metallb.io/node-name=" + Names.label(node)));
    }

    @Override
    public void found(Map<StatusTarget, JsonNode> standing) {
        before.accept(standing.entrySet().stream()
                .filter(entry -> entry.getKey().kind().equals(SERVICE))
                .flatMap(entry -> ServiceAnnouncement.read(entry.getValue()).stream())
                .filter(announcement -> announcement.node().equals(node()))
                .map(ServiceAnnouncement::service)
                .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public Map<StatusTarget, Wanted> desired() {
        Map<StatusTarget, Wanted> desired = new HashMap<>();
        AdvertisementSnapshot now = advertisement.get();
        String node = now.node();
        Map<String, BGPPeer> peers = state.get().peers().stream()
                .collect(Collectors.toMap(peer -> peer.meta().name(), Function.identity()));
        for (PeerSnapshot session : sessions.get()) {
            BGPPeer peer = peers.get(session.name());
            if (peer != null) {
                SessionStatus status = new SessionStatus(node, peer, session);
                put(SESSION, status.name(), status.labels(), (previous, _) -> status.tree(previous), desired);
            }
        }
        announced(now).forEach((service, to) -> {
            ServiceAnnouncement status = ServiceAnnouncement.of(node, service, to);
            put(SERVICE, status.name(), status.labels(), (_, _) -> status.tree(), desired);
        });
        ConfigurationStatus all =
                new ConfigurationStatus(new Component.Speaker(node), state.get().errors());
        put(CONFIGURATION, all.name(), all.labels(), all::tree, desired);
        return desired;
    }

    private void put(
            String kind, String name, Map<String, String> labels, Wanted.Text text, Map<StatusTarget, Wanted> desired) {
        desired.put(new StatusTarget(kind, name), Wanted.onOurs(labels, node(), text));
    }

    private static Map<ServiceKey, Set<String>> announced(AdvertisementSnapshot now) {
        Map<ServiceKey, Set<String>> peers = new TreeMap<>();
        now.routes()
                .forEach(route -> route.services()
                        .forEach(service -> peers.computeIfAbsent(service, _ -> new TreeSet<>())
                                .add(route.peer())));
        return peers;
    }
}
