package io.berth.metrics;

import io.prometheus.metrics.core.metrics.Histogram;

/** Buckets for what takes microseconds when all is well and seconds when it is not. */
final class Durations {

    private static final double[] UPPER_BOUNDS = {
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
    };

    private Durations() {}

    /** A histogram without series of its own making: the classic buckets that every Prometheus can read. */
    static Histogram of(Meter meter) {
        return Histogram.builder()
                .name(meter.name())
                .help(meter.help())
                .classicOnly()
                .classicUpperBounds(UPPER_BOUNDS)
                .withoutExemplars()
                .build();
    }
}
