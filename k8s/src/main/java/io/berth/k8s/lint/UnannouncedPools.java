package io.berth.k8s.lint;

import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.cluster.Configuration;
import io.berth.k8s.resource.BGPAdvertisement;
import io.berth.k8s.resource.IPAddressPool;
import io.berth.k8s.resource.Warning;
import io.berth.k8s.resource.Warning.Reason;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Pools that no BGPAdvertisement is about. */
final class UnannouncedPools {

    private UnannouncedPools() {}

    static List<Warning> in(ClusterState state, Configuration configuration) {
        List<BGPAdvertisement> advertisements = state.advertisements();
        if (advertisements.stream().anyMatch(UnannouncedPools::isAboutAll)) {
            return List.of();
        }
        List<IPAddressPool> pools = List.copyOf(configuration.poolsByName().values());
        Set<String> named = advertisements.stream()
                .flatMap(advertisement -> advertisement.ipAddressPools().stream())
                .collect(Collectors.toSet());
        BitSet selected = new LabelIndex(
                        pools.stream().map(pool -> pool.meta().labels()).toList())
                .matching(advertisements.stream()
                        .flatMap(advertisement -> advertisement.ipAddressPoolSelectors().stream())
                        .toList());
        return IntStream.range(0, pools.size())
                .filter(number -> !selected.get(number))
                .mapToObj(pools::get)
                .filter(pool -> !named.contains(pool.meta().name()))
                .map(UnannouncedPools::warning)
                .toList();
    }

    private static boolean isAboutAll(BGPAdvertisement advertisement) {
        return advertisement.ipAddressPools().isEmpty()
                && advertisement.ipAddressPoolSelectors().isEmpty();
    }

    private static Warning warning(IPAddressPool pool) {
        return new Warning(
                Reason.POOL_NOT_ADVERTISED,
                pool.reference(),
                "no BGPAdvertisement selects the pool: its addresses are given but never announced; name it in the"
                        + " spec.ipAddressPools of one, or add one");
    }
}
