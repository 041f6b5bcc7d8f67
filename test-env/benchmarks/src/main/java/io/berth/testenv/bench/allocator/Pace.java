package io.berth.testenv.bench.allocator;

import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** How much time is taken. */
enum Pace {
    /** As the benchmarks themselves say. */
    FULL(1_000_000, 10_000),
    /** To see that it runs; the figures mean nothing. */
    QUICK(100_000, 1_000);

    private final int mostUsed;
    private final int mostPools;

    Pace(int mostUsed, int mostPools) {
        this.mostUsed = mostUsed;
        this.mostPools = mostPools;
    }

    int mostUsed() {
        return mostUsed;
    }

    int mostPools() {
        return mostPools;
    }

    ChainedOptionsBuilder options(Point point) {
        ChainedOptionsBuilder options = new OptionsBuilder();
        boolean churns = point.scenario().benchmark() == Churn.class;
        if (churns && this == FULL) {
            options.forks(point.forks());
        }
        if (churns && this == QUICK) {
            options.warmupIterations(1)
                    .warmupTime(TimeValue.milliseconds(100))
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(100));
        }
        return this == QUICK ? options.forks(1) : options;
    }
}
