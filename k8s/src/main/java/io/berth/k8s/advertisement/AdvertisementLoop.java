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
import io.berth.k8s.loop.Paced;
import io.berth.k8s.resource.Node;
import io.berth.k8s.resource.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the speaker announce what this node should announce, and have the sessions that it should have: follows the cluster and
 * tells the speaker what has changed, prefix by prefix.
 *
 * <p>The speaker is started once the whole of the first picture has been handed to it, so that no peer ever takes half of it
 * for all.
 */
public final class AdvertisementLoop implements Cluster.Listener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AdvertisementLoop.class);

    /** What may have to be seen to. */
    private enum Key {
        /** The world is another; the routes of a node know what of it concerns them. */
        WORLD,
        /** The node is about to leave. */
        LEAVING,
        /** What is shown is no longer how things are. */
        SHOWN
    }

    /** How often what is shown is put together while things change. */
    private static final Duration PROMPTLY = Duration.ofMillis(100);

    private final Cluster cluster;
    private final Speaker speaker;
    private final AdvertisementSettings settings;
    private final LoopThread thread;
    private final KeyedLoop<Key> loop;

    // Owned by the loop's thread.
    private final NodeRoutes routes = new NodeRoutes();
    private final Assignments assignments = new Assignments(this::tell);
    private final Paced showing;
    private ClusterState followed = ClusterState.EMPTY;
    private Configuration configuration = Configuration.EMPTY;

    /** Whether the configuration is another than that which this node announces by. */
    private boolean reconfigured = true;

    private List<String> unready = AdvertisementSnapshot.EMPTY.unready();
    private String nodeName;
    private List<Peers.Unserved> unserved = List.of();
    private Set<PeerConfig> served = Set.of();
    private boolean started;
    private UnaryOperator<JoinedClaims> manner = UnaryOperator.identity();

    private volatile AdvertisementSnapshot snapshot = AdvertisementSnapshot.EMPTY;

    public AdvertisementLoop(Cluster cluster, Speaker speaker, AdvertisementSettings settings, LoopThread thread) {
        this.cluster = cluster;
        this.speaker = speaker;
        this.settings = settings;
        this.nodeName = settings.nodeName();
        this.thread = thread;
        this.loop = new KeyedLoop<>(thread, Backoff.DEFAULT, this::see);
        this.showing = new Paced(thread, () -> loop.mark(Key.SHOWN));
    }

    /** Notes that the cluster's state has changed. */
    @Override
    public void changed(ClusterState before, ClusterState after) {
        loop.mark(Key.WORLD);
    }

    /**
     * Takes note of the services that a process before this one announced from this node: who owns them knows that. Nobody is told
     * of anything before. From any thread.
     */
    public void announcedBefore(Set<ServiceKey> services) {
        thread.execute(() -> assignments.before(services));
    }

    /**
     * Announces everything as a node does that is about to leave: peers that have another way take that, and lose nothing when the
     * sessions end. From any thread.
     */
    public void retire() {
        loop.mark(Key.LEAVING);
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

    private CompletionStage<Result> see(Key key) {
        switch (key) {
            case WORLD -> follow();
            case LEAVING -> {
                manner = JoinedClaims::retiring;
                announce(routes.joined());
            }
            case SHOWN -> publish();
        }
        return Result.DONE.now();
    }

    private void follow() {
        if (!cluster.unready().isEmpty()) {
            return;
        }
        ClusterState before = followed;
        followed = cluster.state();
        Configuration next = configuration.followedBy(before, followed);
        reconfigured |= !followed.isConfiguredAs(before) || !next.equals(configuration);
        configuration = next;
        switch (OwnNode.in(followed, nodeName)) {
            case OwnNode.Known(Node node) -> follow(node);
            case OwnNode.Unknown(String why) -> stay(why);
        }
        showing.ask(PROMPTLY);
    }

    private void follow(Node node) {
        nodeName = node.meta().name();
        unready = List.of();
        if (reconfigured) {
            announce(routes.follow(followed, Routes.of(followed, configuration, node, settings.rules())));
            converse(Peers.of(followed, node, settings.own()));
            reconfigured = false;
        } else {
            announce(routes.follow(followed));
        }
        if (!started) {
            started = true;
            speaker.start();
        }
    }

    private void announce(Map<Prefix, JoinedClaims> changed) {
        if (!changed.isEmpty()) {
            Map<Prefix, Set<Route>> byPrefix = new HashMap<>();
            changed.forEach((prefix, joined) ->
                    byPrefix.put(prefix, manner.apply(joined).forSpeaker()));
            speaker.setPrefixes(byPrefix);
        }
    }

    private void announce(NodeRoutes.Change change) {
        announce(change.routes());
        assignments.announced(change.assigned());
    }

    private void tell(ServiceKey service) {
        cluster.event(new Event(
                "Service/" + service,
                Event.Type.NORMAL,
                "nodeAssigned",
                "announcing from node \"" + nodeName + "\" with protocol \"bgp\""));
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
        if (!unready.equals(List.of(why))) {
            LOG.error("announcing as before: {}", why);
        }
        unready = List.of(why);
    }

    private void publish() {
        Set<Warning> known = new HashSet<>(snapshot.warnings());
        snapshot = new AdvertisementSnapshot(
                nodeName,
                unready,
                routes.decisions(),
                routes.routes(),
                unserved.stream().map(this::down).toList(),
                Conflict.warnings(routes.conflicts()));
        snapshot.warnings().stream()
                .filter(warning -> !known.contains(warning))
                .forEach(warning ->
                        LOG.warn("{} object={} message=\"{}\"", warning.reason(), warning.object(), warning.message()));
    }

    private PeerSnapshot down(Peers.Unserved peer) {
        String name = peer.peer().meta().name();
        return snapshot.unserved().stream()
                .filter(known -> known.name().equals(name) && known.reason().equals(peer.reason()))
                .findFirst()
                .orElseGet(() -> new PeerSnapshot(
                        name, peer.remote(), SessionState.IDLE, Instant.now(), peer.reason(), "", Map.of(), 0));
    }
}
