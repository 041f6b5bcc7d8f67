package io.berth.k8s.lint;

import io.berth.allocator.Pool;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.cluster.Configuration;
import io.berth.k8s.resource.ConfigError;
import io.berth.k8s.resource.Service;
import io.berth.k8s.resource.Warning;
import io.berth.k8s.resource.Warning.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Every warning on a state of the world, in the order of the objects that they are about. */
public final class Lints {

    private Lints() {}

    /** @param loadBalancerClass whose services are ours; empty for those that name no class */
    public static List<Warning> of(ClusterState state, Configuration configuration, String loadBalancerClass) {
        List<Warning> warnings = new ArrayList<>(state.warnings());
        configuration.errors().forEach(error -> warnings.add(overlap(error)));
        List<Service> ours = state.services().stream()
                .filter(service -> service.type() == Service.Type.LOAD_BALANCER
                        && service.loadBalancerClass().equals(loadBalancerClass))
                .toList();
        List<Pool> pools = configuration.pools().inOrder();
        Namespaces namespaces = Namespaces.of(state);
        Slips slips = new Slips();
        warnings.addAll(ScopeLints.on(pools, namespaces, slips));
        warnings.addAll(FallbackLints.on(pools, namespaces));
        warnings.addAll(Ties.among(pools, namespaces));
        warnings.addAll(ReferenceLints.on(state, configuration, ours, slips));
        warnings.addAll(UnannouncedPools.in(state, configuration));
        warnings.addAll(DuplicateAddresses.among(ours, configuration.pools()));
        warnings.sort(Comparator.comparing(Warning::object)
                .thenComparing(Warning::reason)
                .thenComparing(Warning::message));
        return List.copyOf(warnings);
    }

    /** Of a pool that a process which runs goes on without, or with as it last was. */
    private static Warning overlap(ConfigError error) {
        return new Warning(
                Reason.OVERLAPPING_POOLS,
                error.object(),
                error.message() + "; take these addresses out of one of them: until then the pool is as it last was,"
                        + " or not in use");
    }
}
