package io.berth.testenv.bench.allocator;

import java.util.Arrays;

/** What is measured: the benchmark, its method and the parameter that says how large it is. */
enum Scenario {
    ONE_POOL(Churn.class, "onePool", "used"),
    BURST(Churn.class, "burst", "used"),
    POOL_EACH(Churn.class, "poolEach", "pools"),
    POOLS(ColdStart.class, "pools", "namespaces"),
    ADOPT(ColdStart.class, "adopt", "namespaces"),
    ALLOCATE(ColdStart.class, "allocate", "namespaces");

    private final Class<?> benchmark;
    private final String method;
    private final String size;

    Scenario(Class<?> benchmark, String method, String size) {
        this.benchmark = benchmark;
        this.method = method;
        this.size = size;
    }

    static Scenario of(String method) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.method.equals(method))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no scenario is called " + method));
    }

    Class<?> benchmark() {
        return benchmark;
    }

    /** The parameter of the benchmark that is the size. */
    String size() {
        return size;
    }

    @Override
    public String toString() {
        return method;
    }
}
