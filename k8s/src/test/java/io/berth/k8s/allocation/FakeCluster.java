package io.berth.k8s.allocation;

import io.berth.bgp.AddressLiteral;
import io.berth.k8s.cluster.Cluster;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.resource.IPAddressPool;
import io.berth.k8s.resource.Resource;
import io.berth.k8s.resource.Service;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A cluster in memory, which can be out of reach, and be changed by others. */
final class FakeCluster implements Cluster {

    /** "team-a/web 10.0.1.0 team-a-ips" for every status that was written, in order. */
    final List<String> written = new ArrayList<>();

    /** "IPAllocated Service/team-a/web" for every event, in order. */
    final List<String> told = new ArrayList<>();

    private ClusterState state = ClusterState.EMPTY;
    private Listener listener = (before, after) -> {};
    private final List<Runnable> unanswered = new ArrayList<>();
    private boolean answering = true;
    private boolean reachable = true;
    private boolean watched = true;

    /** The world is another from now on, object by object; statuses that were written stay with their services. */
    void become(ClusterState next) {
        Set<String> there = next.resources().stream().map(Resource::reference).collect(Collectors.toSet());
        ClusterState becoming = state.noting(next.warnings(), next.errors());
        for (Resource resource : state.resources()) {
            if (!there.contains(resource.reference())) {
                becoming = becoming.without(resource.reference());
            }
        }
        for (Resource resource : next.resources()) {
            becoming = becoming.with(
                    switch (resource) {
                        case Service service -> withStatus(service);
                        case IPAddressPool pool -> pool.with(tenures(pool));
                        default -> resource;
                    });
        }
        change(becoming);
    }

    private String tenures(IPAddressPool pool) {
        return state.pools().stream()
                .filter(known -> known.meta().name().equals(pool.meta().name()))
                .findFirst()
                .map(IPAddressPool::tenuresText)
                .orElse("");
    }

    private Service withStatus(Service service) {
        return service.ingress().isEmpty()
                ? state.service(service.meta().key())
                        .map(known -> service.with(known.ingress(), known.allocatedFromPool()))
                        .orElse(service)
                : service;
    }

    private void change(ClusterState next) {
        ClusterState before = state;
        state = next;
        if (watched) {
            listener.changed(before, next);
        }
    }

    /** Writing fails from now on. */
    void breakDown() {
        reachable = false;
    }

    void recover() {
        reachable = true;
    }

    /** Changes are not told from now on: the picture of whoever listens grows old. */
    void stopTelling() {
        watched = false;
    }

    void tellAgain() {
        watched = true;
        listener.changed(state, state);
    }

    @Override
    public void start(Listener hearing) {
        listener = hearing;
        listener.changed(ClusterState.EMPTY, state);
    }

    @Override
    public ClusterState state() {
        return state;
    }

    /** Writes are not answered from now on, until {@link #answer}. */
    void keepWaiting() {
        answering = false;
    }

    /** Answers all writes that wait, and further ones at once. */
    void answer() {
        answering = true;
        List<Runnable> due = List.copyOf(unanswered);
        unanswered.clear();
        due.forEach(Runnable::run);
    }

    /** How many writes wait for an answer. */
    int unanswered() {
        return unanswered.size();
    }

    private CompletionStage<Written> write(Supplier<Written> writing) {
        if (!reachable) {
            return CompletableFuture.failedFuture(new IllegalStateException("the cluster is out of reach"));
        }
        CompletableFuture<Written> answer = new CompletableFuture<>();
        unanswered.add(() -> answer.complete(writing.get()));
        if (answering) {
            answer();
        }
        return answer;
    }

    @Override
    public CompletionStage<Written> writeStatus(Service basis, List<InetAddress> addresses, String pool) {
        return write(() -> {
            if (!state.service(basis.meta().key()).equals(Optional.of(basis))) {
                return Written.CONFLICT;
            }
            written.add((basis.meta().key() + " "
                            + addresses.stream().map(AddressLiteral::of).collect(Collectors.joining(",")) + " " + pool)
                    .strip());
            change(state.with(basis.with(addresses, pool)));
            return Written.DONE;
        });
    }

    @Override
    public CompletionStage<Written> writeTenures(IPAddressPool basis, String tenures) {
        return write(() -> {
            if (!state.pools().contains(basis)) {
                return Written.CONFLICT;
            }
            change(state.with(basis.with(tenures)));
            return Written.DONE;
        });
    }

    @Override
    public void event(Event event) {
        told.add(event.reason() + " " + event.object());
    }

    @Override
    public void close() {}
}
