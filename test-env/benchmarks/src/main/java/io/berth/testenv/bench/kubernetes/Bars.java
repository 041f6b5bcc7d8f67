package io.berth.testenv.bench.kubernetes;

import io.berth.testenv.bench.Amounts;
import io.berth.testenv.bench.Table;
import java.util.Optional;
import java.util.function.DoubleFunction;

/** What Berth has to be able to do on a cluster, and whether it was. */
final class Bars {

    private static final double MILLISECOND = 1e6;
    private static final double SECOND = 1e9;
    private static final double MEBIBYTE = 1 << 20;

    /** A router that waits as long before it works on what it was told is not Berth's doing. */
    private static final double ROUTERS_OWN = 50 * MILLISECOND;

    private final Figures figures;

    Bars(Figures figures) {
        this.figures = figures;
    }

    Table table() {
        Table table = new Table("bar", "measured", "");
        latency(table, "from creating a Service to the router's route", Metric.ANNOUNCE_AT_ROUTER);
        latency(table, "from the last endpoint going to the route gone", Metric.WITHDRAW_AT_ROUTER);
        bar(
                table,
                count(Metric.SERVICES) + " services allocated within 60 s",
                Metric.ALL_ALLOCATED,
                60 * SECOND,
                Amounts::time);
        bar(
                table,
                count(Metric.SERVICES) + " services announced within 60 s",
                Metric.ALL_ANNOUNCED,
                60 * SECOND,
                Amounts::time);
        bar(table, "controller's heap under 200 MiB", Metric.CONTROLLER_HEAP, 200 * MEBIBYTE, Amounts::bytes);
        bar(table, "speaker's heap under 150 MiB", Metric.SPEAKER_HEAP, 150 * MEBIBYTE, Amounts::bytes);
        bar(table, "no address on two services", Metric.ADDRESSES_GIVEN_TWICE, 1, Amounts::count);
        bar(
                table,
                "no address given twice, lost or changed in " + count(Metric.FAULT_ROUNDS) + " rounds of faults",
                Metric.FAULT_ROUNDS_WRONG,
                1,
                wrong -> Amounts.count(wrong) + " rounds went wrong");
        return table;
    }

    private String count(Metric metric) {
        return find(metric).map(Figure::value).map(Amounts::count).orElse("all");
    }

    private void latency(Table table, String what, Metric metric) {
        find(metric).ifPresent(figure -> {
            row(
                    table,
                    what + ": p50 under 50 ms and the router's own 50 ms",
                    figure.value(),
                    50 * MILLISECOND + ROUTERS_OWN,
                    Amounts::time);
            row(table, what + ": p99 under 250 ms", figure.high(), 250 * MILLISECOND, Amounts::time);
        });
    }

    private void bar(Table table, String bar, Metric metric, double under, DoubleFunction<String> wording) {
        find(metric)
                .ifPresent(figure ->
                        row(table, bar, isOfAll(metric) ? figure.value() : Double.POSITIVE_INFINITY, under, wording));
    }

    private static void row(Table table, String bar, double measured, double under, DoubleFunction<String> wording) {
        table.row(
                bar,
                Double.isInfinite(measured) ? "not all in time" : wording.apply(measured),
                measured < under ? "met" : "**missed**");
    }

    /** Whether the time that this tells is that of every service, or only of those that came before patience ended. */
    private boolean isOfAll(Metric metric) {
        Optional<Metric> counted = KubernetesSection.countOf(metric);
        Optional<Figure> wanted = find(Metric.SERVICES);
        return counted.isEmpty()
                || wanted.isEmpty()
                || find(counted.get())
                        .filter(figure -> figure.value() >= wanted.get().value())
                        .isPresent();
    }

    private Optional<Figure> find(Metric metric) {
        return figures.find(Contender.BERTH, metric);
    }
}
