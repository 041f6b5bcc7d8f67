package io.berth.testenv.bench.allocator;

import io.berth.allocator.Address;
import io.berth.allocator.Allocator;
import io.berth.allocator.OutOfScope;
import io.berth.allocator.Outcome;
import io.berth.allocator.Pool;
import io.berth.allocator.Pools;
import io.berth.allocator.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The first thing that a JVM does: everything at once, once, on one processor and in little memory. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 5,
        jvmArgsPrepend = {"-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:ActiveProcessorCount=1", "-Xmx256m"})
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class ColdStart {

    /** Namespaces with a pool each, as the configuration has them. */
    @State(Scope.Benchmark)
    public static class Configuration {

        @Param("10000")
        public int namespaces;

        private List<Tenants.Tenant> tenants = List.of();

        private Allocator allocator = new Allocator(Pools.of(List.of()), OutOfScope.KEEP);

        @Setup
        public void read() {
            tenants = Tenants.of(namespaces);
        }

        /** What is left of the heap then is the allocator's. */
        @TearDown(Level.Iteration)
        public void collect() {
            tenants = List.of();
            System.gc();
        }

        Allocator withPools() {
            List<Pool> pools = tenants.stream().map(Tenants.Tenant::pool).toList();
            allocator = new Allocator(Pools.of(pools), OutOfScope.KEEP);
            return allocator;
        }
    }

    /** An allocator that knows the pools, and services of which it knows nothing yet. */
    @State(Scope.Benchmark)
    public static class Services {

        private final List<Request> requests = new ArrayList<>();
        private final List<List<Address>> held = new ArrayList<>();
        private Allocator allocator = new Allocator(Pools.of(List.of()), OutOfScope.KEEP);

        @Setup
        public void list(Configuration configuration) {
            allocator = configuration.withPools();
            for (Tenants.Tenant tenant : configuration.tenants) {
                requests.addAll(tenant.services());
                tenant.addresses().forEach(address -> held.add(List.of(address)));
            }
        }

        private int verified(int served) {
            if (served != requests.size()) {
                throw new IllegalStateException(served + " of " + requests.size() + " services have an address");
            }
            return served;
        }

        @TearDown(Level.Iteration)
        public void collect() {
            requests.clear();
            held.clear();
            System.gc();
        }
    }

    /** From the text of the ranges to an allocator that is ready. */
    @Benchmark
    public Allocator pools(Configuration configuration) {
        return configuration.withPools();
    }

    /** Every service has its address from before. */
    @Benchmark
    public int adopt(Services services) {
        int served = 0;
        for (int i = 0; i < services.requests.size(); i++) {
            boolean kept = services.allocator.restore(services.requests.get(i), services.held.get(i));
            served += kept ? 1 : 0;
        }
        return services.verified(served);
    }

    /** No service has an address yet. */
    @Benchmark
    public int allocate(Services services) {
        int served = 0;
        for (Request request : services.requests) {
            served += services.allocator.allocate(request) instanceof Outcome.Assigned ? 1 : 0;
        }
        return services.verified(served);
    }
}
