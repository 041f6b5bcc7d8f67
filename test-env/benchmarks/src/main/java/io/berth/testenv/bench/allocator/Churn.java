package io.berth.testenv.bench.allocator;

import io.berth.allocator.Outcome;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A service goes and comes again, chosen at random: what a release with the decision that follows takes. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsPrepend = {"-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xms3g", "-Xmx3g"})
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class Churn {

    static final int BURST = 1_000;

    /** One pool of this block for everybody. */
    @State(Scope.Benchmark)
    public static class OnePool {

        @Param({"10.0.0.0/16", "10.0.0.0/8", "fd00::/64"})
        public String block = "";

        @Param("58982")
        public int used;

        private Population population = Population.ofOnePool("10.0.0.0/32", 1, new SplittableRandom(1));

        @Setup
        public void fill() {
            population = Population.ofOnePool(block, used, new SplittableRandom(1));
        }

        @TearDown
        public void verify() {
            population.verify();
        }
    }

    /** A pool for each of so many namespaces. */
    @State(Scope.Benchmark)
    public static class PoolEach {

        @Param({"10", "100", "1000", "10000"})
        public int pools;

        private Population population = Population.ofTenants(1, new SplittableRandom(1));

        @Setup
        public void fill() {
            population = Population.ofTenants(pools, new SplittableRandom(1));
        }

        @TearDown
        public void verify() {
            population.verify();
        }
    }

    @Benchmark
    public Outcome onePool(OnePool state) {
        return state.population.turnOver();
    }

    @Benchmark
    public Outcome poolEach(PoolEach state) {
        return state.population.turnOver();
    }

    /** Many go before the first comes again, so that the free addresses lie scattered. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public List<Outcome> burst(OnePool state) {
        return state.population.turnOver(BURST);
    }
}
