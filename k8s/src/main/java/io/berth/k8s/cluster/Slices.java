package io.berth.k8s.cluster;

import io.berth.allocator.ServiceKey;
import io.berth.k8s.resource.EndpointSlice;
import java.util.ArrayList;
import java.util.List;

/**
 * All EndpointSlices, by their own names and by the services that they are of. Immutable.
 *
 * @param bySlice   by namespace and name of the slice
 * @param byService no entry for a service without any
 */
record Slices(
        PersistentMap<ServiceKey, EndpointSlice> bySlice, PersistentMap<ServiceKey, List<EndpointSlice>> byService) {

    static Slices of(List<EndpointSlice> slices) {
        Slices all = new Slices(PersistentMap.empty(), PersistentMap.empty());
        for (EndpointSlice slice : slices) {
            all = all.with(slice);
        }
        return all;
    }

    /** These where the slice says nothing new. */
    Slices with(EndpointSlice slice) {
        ServiceKey key = slice.meta().key();
        if (bySlice.get(key).filter(slice::equals).isPresent()) {
            return this;
        }
        List<EndpointSlice> together = new ArrayList<>(of(slice.service()));
        int place = 0;
        while (place < together.size() && !together.get(place).meta().key().equals(key)) {
            place++;
        }
        if (place < together.size()) {
            together.set(place, slice);
            return new Slices(bySlice.with(key, slice), byService.with(slice.service(), List.copyOf(together)));
        }
        together.add(slice);
        // It may have been another service's before.
        return new Slices(
                bySlice.with(key, slice), without(key).byService.with(slice.service(), List.copyOf(together)));
    }

    /** These where there is no such slice. */
    Slices without(ServiceKey slice) {
        return bySlice.get(slice)
                .map(gone -> new Slices(bySlice.without(slice), without(gone, byService)))
                .orElse(this);
    }

    private static PersistentMap<ServiceKey, List<EndpointSlice>> without(
            EndpointSlice gone, PersistentMap<ServiceKey, List<EndpointSlice>> byService) {
        List<EndpointSlice> left = byService.get(gone.service()).orElse(List.of()).stream()
                .filter(slice -> !slice.meta().key().equals(gone.meta().key()))
                .toList();
        return left.isEmpty() ? byService.without(gone.service()) : byService.with(gone.service(), left);
    }

    List<EndpointSlice> of(ServiceKey service) {
        return byService.get(service).orElse(List.of());
    }

    List<EndpointSlice> values() {
        return bySlice.values();
    }

    /** The services whose slices are other than before. */
    List<ServiceKey> changes(Slices before) {
        return byService.changes(before.byService);
    }
}
