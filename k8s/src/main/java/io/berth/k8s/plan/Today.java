package io.berth.k8s.plan;

import io.berth.allocator.Address;
import io.berth.allocator.ServiceKey;
import io.berth.k8s.allocation.Decided;
import io.berth.k8s.allocation.Statuses;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.resource.Resource;
import io.berth.k8s.resource.Service;
import io.berth.k8s.resource.Warning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A world once Berth has served everybody whom it can serve as things are. What a service holds it is taken to hold, even where
 * that cannot last as things are.
 *
 * @param state with the statuses that are written by then
 * @param had   what each service that is ours has; empty for one that waits
 */
record Today(ClusterState state, Map<ServiceKey, List<Address>> had, List<Warning> warnings) {

    Today {
        had = Map.copyOf(had);
        warnings = List.copyOf(warnings);
    }

    static Today of(ClusterState state, Policy policy) {
        Plan plan = Plan.of(state, policy);
        Map<ServiceKey, Decided> decisions = new HashMap<>();
        plan.services().forEach(decided -> decisions.put(decided.service(), decided));
        Map<ServiceKey, List<Address>> had = new HashMap<>();
        List<Resource> resources = new ArrayList<>();
        for (Resource resource : state.resources()) {
            Optional<Decided> ours = resource instanceof Service service
                    ? Optional.ofNullable(decisions.get(service.meta().key())).filter(Today::isOurs)
                    : Optional.empty();
            resources.add(
                    resource instanceof Service service && ours.isPresent()
                            ? settled(service, ours.get(), had)
                            : resource);
        }
        ClusterState settled = new ClusterState(resources, state.warnings(), state.errors()).hiding(state.hidden());
        return new Today(settled, had, plan.warnings());
    }

    /** The service as it is once it has what it keeps, or gets; what that is, is noted. */
    private static Service settled(Service service, Decided decided, Map<ServiceKey, List<Address>> had) {
        List<Address> held = service.ingress().stream().map(Address::of).toList();
        boolean keeps = decided.addresses().containsAll(held);
        had.put(decided.service(), keeps ? decided.addresses() : held);
        return keeps ? Statuses.written(service, decided) : service;
    }

    private static boolean isOurs(Decided decided) {
        return switch (decided) {
            case Decided.Considered _, Decided.Unclear _ -> true;
            case Decided.NotLoadBalancer _, Decided.NotOurs _ -> false;
        };
    }
}
