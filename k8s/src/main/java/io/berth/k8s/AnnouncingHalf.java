package io.berth.k8s;

import io.berth.bgp.Speaker;
import io.berth.k8s.advertisement.AdvertisementLoop;
import io.berth.k8s.advertisement.AdvertisementSettings;
import io.berth.k8s.advertisement.Rules;
import io.berth.k8s.board.StatusBoard;
import io.berth.k8s.board.StatusLoop;
import io.berth.k8s.cluster.Cluster;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.live.Announcing;
import io.berth.k8s.loop.LoopThread;
import io.berth.k8s.status.SpeakerStatuses;
import io.berth.metrics.PeerMeters;
import java.io.IOException;
import java.util.random.RandomGenerator;

/** The half of a process that announces, put together. */
final class AnnouncingHalf implements Cluster.Listener, AutoCloseable {

    private final PeerMeters meters = new PeerMeters();
    private final Speaker speaker;
    private final AdvertisementLoop loop;
    private final StatusLoop statuses;

    AnnouncingHalf(Cluster world, StatusBoard board, NodeOptions node, Rules rules) {
        speaker = new Speaker(node.introduction(), new PeerLog(meters), RandomGenerator.getDefault());
        loop = new AdvertisementLoop(
                world,
                speaker,
                new AdvertisementSettings(node.name(), rules, node.own()),
                LoopThread.named("advertisement"));
        statuses = new StatusLoop(
                board,
                new SpeakerStatuses(loop::snapshot, live()::all, world::state, loop::announcedBefore),
                LoopThread.named("session-statuses"));
    }

    /** Lets peers dial us, where they may. */
    void listen(NodeOptions node) throws IOException {
        if (node.listen().isPresent()) {
            speaker.listen(node.listen().get());
        }
    }

    /** From now on what is announced is told, too. */
    void begin() {
        statuses.begin();
    }

    /** Announces from now on as a node that is about to leave. */
    void retire() {
        loop.retire();
    }

    Announcing live() {
        return new Announcing(loop::snapshot, speaker::peers);
    }

    PeerMeters meters() {
        return meters;
    }

    @Override
    public void changed(ClusterState before, ClusterState after) {
        loop.changed(before, after);
    }

    @Override
    public void close() {
        loop.close();
        speaker.close("berth was stopped");
        statuses.close();
    }
}
