package io.berth.k8s.plan;

import io.berth.allocator.Outcome;
import io.berth.allocator.PoolUsage;
import io.berth.k8s.advertisement.Announcements;
import io.berth.k8s.allocation.Allocations;
import io.berth.k8s.allocation.Decided;
import io.berth.k8s.allocation.Statuses;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.lint.Lints;
import io.berth.k8s.resource.Service;
import io.berth.k8s.resource.Warning;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Berth would do with a state of the world that nobody has worked on yet.
 *
 * @param services      in the order in which they have their turns
 * @param pools         as they are used afterwards, the most preferred first
 * @param announcements of the addresses that services then have, every session taken as up
 * @param warnings      about the pitfalls in it
 */
public record Plan(List<Decided> services, List<PoolUsage> pools, Announcements announcements, List<Warning> warnings) {

    public Plan {
        services = List.copyOf(services);
        pools = List.copyOf(pools);
        warnings = List.copyOf(warnings);
    }

    /** Decides on all of it as the running process would. */
    public static Plan of(ClusterState state, Policy policy) {
        Allocations allocations = new Allocations(policy.allocation());
        allocations.advance(policy.now());
        allocations.follow(state);
        allocations.settle();
        List<Service> written = allocations.all().stream()
                .map(decided ->
                        Statuses.written(allocations.service(decided.service()).orElseThrow(), decided))
                .toList();
        Announcements announcements =
                Announcements.of(written, state, allocations.configuration(), policy.announcement());
        List<Warning> warnings = Stream.concat(
                        Lints.of(
                                state,
                                allocations.configuration(),
                                policy.allocation().loadBalancerClass())
                                .stream(),
                        announcements.warnings().stream())
                .toList();
        return new Plan(allocations.all(), allocations.usage(), announcements, warnings);
    }

    /** Whether every service that is ours has an address. */
    public boolean isComplete() {
        return services.stream().noneMatch(decided -> switch (decided) {
            case Decided.Considered(Outcome.Refused _), Decided.Unclear _ -> true;
            case Decided.Considered(Outcome.Assigned _), Decided.NotLoadBalancer _, Decided.NotOurs _ -> false;
        });
    }
}
