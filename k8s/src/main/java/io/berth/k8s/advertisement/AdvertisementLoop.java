package io.berth.k8s.advertisement;

import io.berth.allocator.ServiceKey;
import io.berth.bgp.PeerConfig;
import io.berth.bgp.PeerSnapshot;
import io.berth.bgp.Prefix;
import io.berth.bgp.Route;
import io.berth.bgp.SessionState;
import io.berth.bgp.Speaker;
import io.berth.k8s.cluster.Cluster;
import io.berth.k8s.cluster.Cluster.Event;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.cluster.Configuration;
import io.berth.k8s.loop.Backoff;
import io.berth.k8s.loop.KeyedLoop;
import io.berth.k8s.loop.KeyedLoop.Result;
import io.berth.k8s.loop.LoopThread;
import io.berth.k8s.resource.Node;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the speaker announce what this node should announce, and have the sessions that it should have: follows the cluster and
 * tells the speaker what has changed, each prefix an owner by itself.
 *
 * <p>The speaker is started once the whole of the first picture has been handed to it, so that no peer ever takes half of it
 * for all.
 */
public final class AdvertisementLoop implements Cluster.Listener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AdvertisementLoop.class);

    /** All that ever changes; the routes of a node know what of it concerns them. */
    private enum Key {
        WORLD
    }

    private final Cluster cluster;
    private final Speaker speaker;
    private final AdvertisementSettings settings;
    private final KeyedLoop<Key> loop;

    // Owned by the loop's thread.
    private final NodeRoutes routes = new NodeRoutes();
    private Configuration configuration = Configuration.EMPTY;
    private String nodeName;
    private List<Peers.Unserved> unserved = List.of();
    private Set<PeerConfig> served = Set.of();
    private boolean started;

    private volatile AdvertisementSnapshot snapshot = AdvertisementSnapshot.EMPTY;

    public AdvertisementLoop(Cluster cluster, Speaker speaker, AdvertisementSettings settings, LoopThread thread) {
        this.cluster = cluster;
        this.speaker = speaker;
        this.settings = settings;
        this.nodeName = settings.nodeName();
        this.loop = new KeyedLoop<>(thread, Backoff.DEFAULT, _ -> follow());
    }

    /** Notes that the cluster's state has changed. */
    @Override
    public void changed(ClusterState before, ClusterState after) {
        loop.mark(Key.WORLD);
    }

    /** What the loop has come to. From any thread. */
    public AdvertisementSnapshot snapshot() {
        return snapshot;
    }

    /** Changes nothing any more; what is announced stays announced until the speaker is closed. */
    @Override
    public void close() {
        loop.close();
    }

    private Result follow() {
        ClusterState state = cluster.state();
        configuration = configuration.followedBy(state);
        switch (OwnNode.in(state, nodeName)) {
            case OwnNode.Known(Node node) -> follow(state, node);
            case OwnNode.Unknown(String why) -> stay(why);
        }
        return Result.DONE;
    }

    private void follow(ClusterState state, Node node) {
        nodeName = node.meta().name();
        announce(routes.follow(state, Routes.of(state, configuration, node, settings.rules())));
        converse(Peers.of(state, node, settings.own()));
        if (!started) {
            started = true;
            speaker.start();
        }
        AdvertisementSnapshot before = snapshot;
        snapshot = new AdvertisementSnapshot(
                nodeName,
                List.of(),
                routes.decisions(),
                routes.routes(),
                unserved.stream().map(this::down).toList(),
                Conflict.warnings(routes.conflicts()));
        remark(before, snapshot);
    }

    private void announce(Map<Prefix, JoinedClaims> changed) {
        if (!changed.isEmpty()) {
            Map<String, Set<Route>> byOwner = new HashMap<>();
            changed.forEach((prefix, joined) -> byOwner.put(prefix.toString(), joined.forSpeaker()));
            speaker.setRoutes(byOwner);
        }
    }

    private void converse(Peers now) {
        if (!now.served().equals(served)) {
            speaker.setPeers(now.served());
            served = now.served();
        }
        now.unserved().stream()
                .filter(peer -> !unserved.contains(peer))
                .forEach(peer -> LOG.warn("{} stays down: {}", peer.peer().reference(), peer.reason()));
        unserved = now.unserved();
    }

    /** It is not known any more which node this is: what was last known to be right goes on. */
    private void stay(String why) {
        if (!snapshot.unready().equals(List.of(why))) {
            LOG.error("announcing as before: {}", why);
        }
        snapshot = snapshot.unreadyBecause(why);
    }

    private PeerSnapshot down(Peers.Unserved peer) {
        String name = peer.peer().meta().name();
        return snapshot.unserved().stream()
                .filter(known -> known.name().equals(name) && known.reason().equals(peer.reason()))
                .findFirst()
                .orElseGet(() -> new PeerSnapshot(
                        name, peer.remote(), SessionState.IDLE, Instant.now(), peer.reason(), "", Map.of(), 0));
    }

    /** Says once what is new: which services are announced from here, and which advertisements contradict each other. */
    private void remark(AdvertisementSnapshot before, AdvertisementSnapshot now) {
        Set<ServiceKey> announced = before.announced();
        now.announced().stream()
                .filter(service -> !announced.contains(service))
                .forEach(service -> cluster.event(new Event(
                        "Service/" + service,
                        Event.Type.NORMAL,
                        "nodeAssigned",
                        "announcing from node \"" + now.node() + "\" with protocol \"bgp\"")));
        now.warnings().stream()
                .filter(warning -> !before.warnings().contains(warning))
                .forEach(warning ->
                        LOG.warn("{} object={} message=\"{}\"", warning.reason(), warning.object(), warning.message()));
    }
}
