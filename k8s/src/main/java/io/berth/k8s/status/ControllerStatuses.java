package io.berth.k8s.status;

import io.berth.allocator.Outcome;
import io.berth.allocator.PoolUsage;
import io.berth.k8s.allocation.AllocationSnapshot;
import io.berth.k8s.allocation.Decided;
import io.berth.k8s.board.StatusSource;
import io.berth.k8s.board.StatusTarget;
import io.berth.k8s.board.Wanted;
import io.berth.k8s.board.Wanted.Origin;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.resource.BGPPeer;
import io.berth.k8s.resource.ConfigError;
import io.berth.k8s.resource.IPAddressPool;
import io.berth.k8s.status.ConfigurationStatus.Component;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a controller tells: how much of each pool is used, and what of the configuration cannot be. */
public record ControllerStatuses(Supplier<AllocationSnapshot> allocation, Supplier<ClusterState> state)
        implements StatusSource {

    private static final String POOL = "IPAddressPool";
    private static final String PEER = "BGPPeer";

    private static final String CONFIGURATION = "ConfigurationState";

    @Override
    public boolean isReady() {
        return allocation.get().progress() == AllocationSnapshot.Progress.SETTLED;
    }

    @Override
    public List<Kept> kept() {
        return List.of(new Kept.Peoples(POOL), new Kept.Peoples(PEER), new Kept.Peoples(CONFIGURATION));
    }

    @Override
    public Map<StatusTarget, Wanted> desired() {
        AllocationSnapshot now = allocation.get();
        Map<StatusTarget, Wanted> desired = new HashMap<>();
        Map<String, List<ConfigError>> errors =
                now.errors().stream().collect(Collectors.groupingBy(ConfigError::object));
        pools(now, errors, desired);
        peers(errors, desired);
        ConfigurationStatus all = new ConfigurationStatus(new Component.Controller(), now.errors());
        desired.put(new StatusTarget(CONFIGURATION, all.name()), Wanted.onOurs(all.labels(), "", all::tree));
        return desired;
    }

    private void pools(
            AllocationSnapshot now, Map<String, List<ConfigError>> errors, Map<StatusTarget, Wanted> desired) {
        Map<String, PoolUsage> usages =
                now.pools().stream().collect(Collectors.toMap(PoolUsage::pool, Function.identity()));
        Map<String, Long> outOfScope = now.services().stream()
                .flatMap(ControllerStatuses::poolOutOfScope)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        for (IPAddressPool pool : state.get().pools()) {
            String name = pool.meta().name();
            PoolUsage usage = usages.get(name);
            PoolStatus status = new PoolStatus(
                    usage == null ? new PoolStatus.Usage.LeftOut() : new PoolStatus.Usage.Counted(usage),
                    outOfScope.getOrDefault(name, 0L).intValue(),
                    verdict(errors.getOrDefault(pool.reference(), List.of())));
            desired.put(
                    new StatusTarget(POOL, name), Wanted.onPeoples(pool.meta().creationTimestamp(), status::tree));
        }
    }

    private static Stream<String> poolOutOfScope(Decided decided) {
        return decided instanceof Decided.Considered(Outcome.Assigned assigned)
                        && assigned.cause() == Outcome.Cause.KEPT_OUT_OF_SCOPE
                ? Stream.of(assigned.pool())
                : Stream.empty();
    }

    /** What is wrong with a pool alone was found when it was read; anything else is between it and others. */
    private PoolStatus.Verdict verdict(List<ConfigError> errors) {
        if (errors.isEmpty()) {
            return new PoolStatus.Verdict.Valid();
        }
        return state.get().errors().contains(errors.getFirst())
                ? new PoolStatus.Verdict.Invalid(errors)
                : new PoolStatus.Verdict.Overlapping(errors.getFirst());
    }

    private void peers(Map<String, List<ConfigError>> errors, Map<StatusTarget, Wanted> desired) {
        for (BGPPeer peer : state.get().peers()) {
            List<ConfigError> ofPeer = errors.getOrDefault(peer.reference(), List.of());
            PeerStatus status = ofPeer.isEmpty() ? new PeerStatus.Legible(peer) : new PeerStatus.Invalid(ofPeer);
            desired.put(
                    new StatusTarget(PEER, peer.meta().name()),
                    Wanted.onPeoples(peer.meta().creationTimestamp(), status::tree));
        }
        errors.forEach((object, ofPeer) -> {
            if (object.startsWith(PEER + "/")) {
                PeerStatus status = new PeerStatus.Invalid(ofPeer);
                desired.putIfAbsent(
                        new StatusTarget(PEER, object.substring(PEER.length() + 1)),
                        Wanted.onPeoples(Origin.People.UNKNOWN, status::tree));
            }
        });
    }
}
