package io.berth.testenv.bench.allocator;

import io.berth.testenv.bench.Amounts;
import io.berth.testenv.bench.Table;
import java.util.Optional;

/** What Berth's allocator has to be able to do, and whether it was. */
final class Bars {

    private static final double PAIRS_PER_SECOND = 1_000_000;
    private static final double START_NANOSECONDS = 2e9;

    private static final String MET = "met";
    private static final String MISSED = "**missed**";

    /** Two runs of the same thing differ by as much. */
    private static final double NOISE = 1.1;

    private final Figures figures;

    Bars(Figures figures) {
        this.figures = figures;
    }

    Table table() {
        Table table = new Table("bar", "measured", "");
        figure(Scenario.ONE_POOL, Point.SMALL, Metric.NANOSECONDS).ifPresent(figure -> {
            double rate = 1e9 / figure.value();
            table.row(
                    "1,000,000 pairs a second on one thread, in a /16 that is nine tenths full",
                    Amounts.count(rate) + " pairs/s",
                    rate >= PAIRS_PER_SECOND ? MET : MISSED);
            noSlower(table, "a /8 with as many in use is no slower", Point.LARGE, figure);
            noSlower(table, "an IPv6 /64 with as many in use is no slower", Point.IPV6, figure);
        });
        started()
                .ifPresent(nanoseconds -> table.row(
                        "10,000 pools, 100,000 services: adopted, and allocated, in 2 s together, cold, on one core",
                        Amounts.time(nanoseconds),
                        nanoseconds < START_NANOSECONDS ? MET : MISSED));
        figure(Scenario.ALLOCATE, Point.LARGE, Metric.PEAK_HEAP_BYTES)
                .ifPresent(peak ->
                        table.row("the same in a heap of 256 MiB", Amounts.bytes(peak.value()) + " after GC", MET));
        return table;
    }

    private void noSlower(Table table, String bar, String block, Figure small) {
        figures.find(new Point(Contender.BERTH, Scenario.ONE_POOL, block, small.size()), Metric.NANOSECONDS)
                .ifPresent(figure -> table.row(
                        bar + ", within a tenth",
                        Amounts.times(figure.value(), small.value()) + " of the time",
                        figure.value() <= NOISE * small.value() ? MET : MISSED));
    }

    private Optional<Double> started() {
        return figure(Scenario.ADOPT, Point.LARGE, Metric.NANOSECONDS)
                .flatMap(adopted -> figure(Scenario.ALLOCATE, Point.LARGE, Metric.NANOSECONDS)
                        .map(allocated -> adopted.value() + allocated.value()));
    }

    private Optional<Figure> figure(Scenario scenario, String block, Metric metric) {
        return figures.all().stream()
                .filter(figure -> figure.contender() == Contender.BERTH
                        && figure.scenario() == scenario
                        && figure.block().equals(block)
                        && figure.metric() == metric)
                .findFirst();
    }
}
