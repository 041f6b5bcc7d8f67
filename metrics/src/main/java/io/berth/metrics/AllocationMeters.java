package io.berth.metrics;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.berth.allocator.Family;
import io.berth.allocator.Outcome;
import io.berth.allocator.PoolUsage;
import io.berth.allocator.Refusal;
import io.berth.metrics.AddressSeconds.Tenant;
import io.prometheus.metrics.core.metrics.Histogram;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Counts what the allocation loop decides. Told on that loop's thread alone, read on any. */
public final class AllocationMeters {

    /** The label of a decision that chose no pool. A pool that was asked for in vain would let tenants make up labels. */
    private static final String NO_POOL = "";

    private record Use(List<PoolUsage> pools, AddressSeconds held) {}

    private final LongSupplier nanoTime;
    private final Tally outcomes = new Tally(Meters.ALLOCATIONS);
    private final Histogram duration = Durations.of(Meters.ALLOCATION_DURATION);
    private volatile Use use;

    /**
     * Nothing decided yet.
     *
     * @param nanoTime a clock that never goes back, {@code System::nanoTime}
     */
    public AllocationMeters(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.use = new Use(List.of(), AddressSeconds.from(nanoTime.getAsLong()));
    }

    /** A decision was made, and this is how long it took. */
    public void decided(Decision decision, Duration took) {
        LongAdder series = switch (decision) {
            case Decision.Assigned(String pool, Outcome.Cause cause) -> outcomes.of(pool, cause.toString());
            case Decision.Refused(String _, Refusal refusal) -> outcomes.of(NO_POOL, refusal.reason());
        };
        series.increment();
        duration.observe(took.toNanos() / 1e9);
    }

    /**
     * These are the pools, used so, from now on. Told after every change, or once after a burst of them since it costs as much
     * as there are namespaces in pools; so what namespaces are billed is exact.
     */
    public void used(List<PoolUsage> pools) {
        Set<String> names = pools.stream().map(PoolUsage::pool).collect(toUnmodifiableSet());
        Map<Tenant, Integer> held = new HashMap<>();
        pools.forEach(pool -> pool.namespaces()
                .forEach((namespace, addresses) -> held.put(new Tenant(pool.pool(), namespace), addresses.total())));
        use = new Use(List.copyOf(pools), use.held.changed(nanoTime.getAsLong(), names, held));
        outcomes.keep(pool -> pool.equals(NO_POOL) || names.contains(pool));
    }

    Histogram duration() {
        return duration;
    }

    /** Adds what was counted and how the pools are used, from any thread. */
    void sample(Samples samples) {
        Use now = use;
        outcomes.sample(samples);
        now.pools.forEach(pool -> sample(pool, samples));
        long time = nanoTime.getAsLong();
        now.held.tenure().keySet().forEach(tenant -> {
            double seconds = now.held.until(time, tenant);
            samples.add(Meters.POOL_NAMESPACE_ADDRESS_SECONDS, seconds, tenant.pool(), tenant.namespace());
        });
    }

    private static void sample(PoolUsage pool, Samples samples) {
        for (Family family : Family.values()) {
            PoolUsage.Count count = pool.of(family);
            if (count.total().signum() > 0) {
                sample(pool, family, samples);
                double assigned = count.assigned().doubleValue();
                samples.add(Meters.POOL_ADDRESSES, assigned, pool.pool(), label(family), "assigned");
                samples.add(
                        Meters.POOL_ADDRESSES,
                        count.available().doubleValue(),
                        pool.pool(),
                        label(family),
                        "available");
                samples.add(
                        Meters.POOL_UTILISATION_RATIO,
                        assigned / count.total().doubleValue(),
                        pool.pool(),
                        label(family));
            }
        }
    }

    private static void sample(PoolUsage pool, Family family, Samples samples) {
        pool.namespaces().forEach((namespace, held) -> {
            int addresses = switch (family) {
                case IPV4 -> held.ipv4();
                case IPV6 -> held.ipv6();
            };
            samples.add(Meters.POOL_NAMESPACE_ADDRESSES, addresses, pool.pool(), namespace, label(family));
        });
    }

    private static String label(Family family) {
        return switch (family) {
            case IPV4 -> "ipv4";
            case IPV6 -> "ipv6";
        };
    }
}
