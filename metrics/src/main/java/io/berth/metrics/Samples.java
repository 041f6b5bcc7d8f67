package io.berth.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The values of one scrape, gathered afresh each time: what nobody reports any more is gone without anyone having to
 * remember to remove it.
 */
final class Samples {

    private final Map<Meter, Map<List<String>, Double>> series = new LinkedHashMap<>();

    /** Adds to the series of these label values, which are in the order of the meter's labels. */
    void add(Meter meter, double value, String... labelValues) {
        if (labelValues.length != meter.labels().size()) {
            throw new IllegalArgumentException(meter.name() + " has labels " + meter.labels());
        }
        series.computeIfAbsent(meter, added -> new LinkedHashMap<>()).merge(List.of(labelValues), value, Double::sum);
    }

    MetricSnapshots snapshots() {
        return new MetricSnapshots(series.entrySet().stream()
                .map(entry -> snapshot(entry.getKey(), entry.getValue()))
                .toList());
    }

    private static MetricSnapshot snapshot(Meter meter, Map<List<String>, Double> values) {
        return switch (meter.type()) {
            case GAUGE ->
                new GaugeSnapshot(
                        metadata(meter, ""),
                        points(meter, values, (labels, value) -> new GaugeDataPointSnapshot(value, labels, null)));
            case COUNTER ->
                new CounterSnapshot(
                        metadata(meter, "_total"),
                        points(meter, values, (labels, value) -> new CounterDataPointSnapshot(value, labels, null, 0)));
            case INFO ->
                new InfoSnapshot(
                        metadata(meter, "_info"),
                        points(meter, values, (labels, value) -> new InfoDataPointSnapshot(labels)));
            case HISTOGRAM -> throw new IllegalArgumentException(meter.name() + " keeps its own values");
        };
    }

    /** The formats write the suffix of a type themselves. */
    private static MetricMetadata metadata(Meter meter, String suffix) {
        return new MetricMetadata(meter.name().substring(0, meter.name().length() - suffix.length()), meter.help());
    }

    private static <T> List<T> points(
            Meter meter, Map<List<String>, Double> values, BiFunction<Labels, Double, T> point) {
        return values.entrySet().stream()
                .map(entry -> point.apply(Labels.of(meter.labels(), entry.getKey()), entry.getValue()))
                .toList();
    }
}
