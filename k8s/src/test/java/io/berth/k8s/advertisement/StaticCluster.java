package io.berth.k8s.advertisement;

import io.berth.k8s.cluster.Cluster;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.resource.IPAddressPool;
import io.berth.k8s.resource.Service;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A cluster that is as the test says, and that nobody writes statuses to. */
final class StaticCluster implements Cluster {

    /** "nodeAssigned Service/team-a/web" for every event, in order. */
    final List<String> told = new ArrayList<>();

    private ClusterState state = ClusterState.EMPTY;
    private Listener listener = (before, after) -> {};

    void become(ClusterState next) {
        ClusterState before = state;
        state = next;
        listener.changed(before, next);
    }

    @Override
    public void start(Listener hearing) {
        listener = hearing;
    }

    @Override
    public ClusterState state() {
        return state;
    }

    @Override
    public CompletionStage<Written> writeStatus(Service basis, List<InetAddress> addresses, String pool) {
        throw new UnsupportedOperationException("an announcer writes no status");
    }

    @Override
    public CompletionStage<Written> writeTenures(IPAddressPool basis, String tenures) {
        throw new UnsupportedOperationException("an announcer writes nothing on pools");
    }

    @Override
    public void event(Event event) {
        told.add(event.reason() + " " + event.object());
    }

    @Override
    public void close() {}
}
