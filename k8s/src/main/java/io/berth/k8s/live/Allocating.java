package io.berth.k8s.live;

import io.berth.allocator.ServiceKey;
import io.berth.k8s.allocation.AllocationSnapshot;
import io.berth.k8s.allocation.Decided;
import io.berth.k8s.plan.ExplanationText;
import io.berth.k8s.plan.PoolTree;
import io.berth.k8s.plan.ServiceTree;
import io.berth.metrics.http.Api.Answer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a process that allocates knows.
 *
 * @param latest what it has come to, at any moment and on any thread
 */
public record Allocating(Supplier<AllocationSnapshot> latest) {

    AllocationSnapshot snapshot() {
        return latest.get();
    }

    Answer pools() {
        AllocationSnapshot now = snapshot();
        return Told.unless(starting(now), now.pools(), PoolTree::of);
    }

    /** In the order of their names: the order in which services have their turns changes whenever one gets an address. */
    Answer allocations() {
        AllocationSnapshot now = snapshot();
        List<Decided> inOrder = now.services().stream()
                .sorted(Comparator.comparing(Decided::service))
                .toList();
        return Told.unless(starting(now), inOrder, ServiceTree::of);
    }

    Answer explain(ServiceKey service) {
        AllocationSnapshot now = snapshot();
        return Told.unless(starting(now), decided(now, service).map(ServiceTree::of), () -> unknown(now, service));
    }

    static Optional<Decided> decided(AllocationSnapshot now, ServiceKey service) {
        return now.services().stream()
                .filter(decided -> decided.service().equals(service))
                .findFirst();
    }

    static String unknown(AllocationSnapshot now, ServiceKey service) {
        return ExplanationText.unknown(service, now.services().stream().map(Decided::service));
    }

    /** Why it has nothing to tell yet; nothing once it has. */
    static List<String> starting(AllocationSnapshot now) {
        return switch (now.progress()) {
            case STARTING -> now.unready();
            case SETTLED -> List.of();
        };
    }
}
