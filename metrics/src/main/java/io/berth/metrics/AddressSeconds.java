package io.berth.metrics;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How long addresses have been held, by pool and namespace: what a tenant is billed for. Between two changes every
 * namespace holds a constant number of addresses, so adding up at each change loses nothing, however rarely anyone looks.
 *
 * @param asOf   nanoseconds of a clock that never goes back
 * @param tenure for each pool and namespace that ever held an address of a pool that still exists
 */
record AddressSeconds(long asOf, Map<Tenant, Tenure> tenure) {

    record Tenant(String pool, String namespace) {}

    /** Address-seconds until the last change, and the addresses held since. */
    record Tenure(double past, int addresses) {

        double after(double seconds) {
            return past + addresses * seconds;
        }
    }

    AddressSeconds {
        tenure = Map.copyOf(tenure);
    }

    static AddressSeconds from(long now) {
        return new AddressSeconds(now, Map.of());
    }

    /**
     * From now on these are held.
     *
     * @param pools those that exist; what was counted for any other is forgotten
     */
    AddressSeconds changed(long now, Set<String> pools, Map<Tenant, Integer> held) {
        Set<Tenant> tenants = new HashSet<>(held.keySet());
        tenants.addAll(tenure.keySet());
        Map<Tenant, Tenure> next = new HashMap<>();
        for (Tenant tenant : tenants) {
            if (pools.contains(tenant.pool())) {
                next.put(tenant, new Tenure(until(now, tenant), held.getOrDefault(tenant, 0)));
            }
        }
        return new AddressSeconds(now, next);
    }

    /** Address-seconds of one tenant up to now. */
    double until(long now, Tenant tenant) {
        return tenure.getOrDefault(tenant, new Tenure(0, 0)).after((now - asOf) / 1e9);
    }
}
