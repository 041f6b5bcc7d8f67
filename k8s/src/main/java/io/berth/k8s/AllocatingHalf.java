package io.berth.k8s;

import io.berth.k8s.allocation.AllocationLoop;
import io.berth.k8s.allocation.AllocationSettings;
import io.berth.k8s.board.StatusBoard;
import io.berth.k8s.board.StatusLoop;
import io.berth.k8s.cluster.Cluster;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.live.Allocating;
import io.berth.k8s.loop.LoopThread;
import io.berth.k8s.status.ControllerStatuses;
import io.berth.metrics.AllocationMeters;

/** The half of a process that allocates, put together. */
final class AllocatingHalf implements Cluster.Listener, Office.Duty, AutoCloseable {

    private final AllocationMeters meters = new AllocationMeters(System::nanoTime);
    private final AllocationLoop loop;
    private final StatusLoop statuses;

    AllocatingHalf(Cluster world, StatusBoard board, AllocationSettings settings) {
        loop = new AllocationLoop(world, settings, meters, LoopThread.named("allocation"));
        statuses = new StatusLoop(
                board, new ControllerStatuses(loop::snapshot, world::state), LoopThread.named("pool-statuses"));
    }

    Allocating live() {
        return new Allocating(loop::snapshot);
    }

    AllocationMeters meters() {
        return meters;
    }

    @Override
    public void changed(ClusterState before, ClusterState after) {
        loop.changed(before, after);
    }

    @Override
    public void begin() {
        loop.lead();
        statuses.begin();
    }

    @Override
    public void end() {
        loop.standBy();
        statuses.pause();
    }

    @Override
    public void close() {
        loop.close();
        statuses.close();
    }
}
