package io.berth.testenv.bench.allocator;

import io.berth.testenv.bench.Amounts;
import io.berth.testenv.bench.Page;
import io.berth.testenv.bench.Table;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What was measured of the allocators, as the section of the page: a text with tables in it. */
final class AllocatorSection {

    private static final String NONE = "–";

    private final Figures figures;

    AllocatorSection(Figures figures) {
        this.figures = figures;
    }

    /**
     * The section.
     *
     * @param template the text, with {@code {name}} where a table goes
     * @param facts what it was measured on, each by its name, in order
     */
    String text(String template, Map<String, String> facts) {
        return Page.section(
                template,
                facts,
                Map.of("bars", new Bars(figures).table(), "churn", churn(), "pools", pools(), "start", start()));
    }

    private Table churn() {
        Table table = new Table(
                "pool, addresses in use",
                "Berth",
                "pairs/s",
                "garbage",
                "MetalLB",
                "pairs/s",
                "garbage",
                "MetalLB / Berth");
        addTo(table, Scenario.ONE_POOL, Point.SMALL, "/16, ");
        addTo(table, Scenario.ONE_POOL, Point.LARGE, "/8, ");
        addTo(table, Scenario.ONE_POOL, Point.IPV6, "IPv6 /64, ");
        addTo(table, Scenario.BURST, Point.SMALL, "/16, bursts of " + Amounts.exactly(Churn.BURST) + ", ");
        addTo(table, Contender.BERTH_SMALL, "/16, heap of 256 MiB, ");
        addTo(table, Contender.BERTH_C1, "/16, C1 only, ");
        return table;
    }

    private Table pools() {
        Table table =
                new Table("pools", "Berth", "pairs/s", "garbage", "MetalLB", "pairs/s", "garbage", "MetalLB / Berth");
        addTo(table, Scenario.POOL_EACH, Point.LARGE, "");
        return table;
    }

    private void addTo(Table table, Contender variant, String title) {
        figures.sizes(Scenario.ONE_POOL, Point.SMALL)
                .forEach(size -> row(
                        table,
                        title + Amounts.exactly(size),
                        new Point(variant, Scenario.ONE_POOL, Point.SMALL, size)));
    }

    private void addTo(Table table, Scenario scenario, String block, String title) {
        figures.sizes(scenario, block)
                .forEach(size ->
                        row(table, title + Amounts.exactly(size), new Point(Contender.BERTH, scenario, block, size)));
    }

    private void row(Table table, String title, Point ours) {
        Point theirs = new Point(Contender.METALLB, ours.scenario(), ours.block(), ours.size());
        Optional<Figure> our = figures.find(ours, Metric.NANOSECONDS);
        Optional<Figure> their = figures.find(theirs, Metric.NANOSECONDS);
        table.row(
                title,
                shown(our, AllocatorSection::timeWithSpread),
                shown(our, AllocatorSection::rate),
                shown(figures.find(ours, Metric.ALLOCATED_BYTES), AllocatorSection::bytes),
                shown(their, AllocatorSection::timeWithSpread),
                shown(their, AllocatorSection::rate),
                shown(figures.find(theirs, Metric.ALLOCATED_BYTES), AllocatorSection::bytes),
                our.flatMap(mine -> their.map(other -> Amounts.times(other.value(), mine.value())))
                        .orElse(NONE));
    }

    private Table start() {
        Table table = new Table("", "Berth", "Berth, C1 only", "MetalLB");
        startRow(table, "pools read", Scenario.POOLS, Metric.NANOSECONDS, AllocatorSection::timeWithSpread);
        startRow(table, "services adopted", Scenario.ADOPT, Metric.NANOSECONDS, this::timeOfAll);
        startRow(table, "services allocated", Scenario.ALLOCATE, Metric.NANOSECONDS, this::timeOfAll);
        table.row(
                "adopted + allocated",
                together(Contender.BERTH),
                together(Contender.BERTH_C1),
                together(Contender.METALLB));
        for (Scenario scenario : new Scenario[] {Scenario.ADOPT, Scenario.ALLOCATE}) {
            String when = scenario == Scenario.ADOPT ? ", adopted" : ", allocated";
            startRow(table, "live heap" + when, scenario, Metric.LIVE_HEAP_BYTES, AllocatorSection::bytes);
            startRow(table, "peak heap after GC" + when, scenario, Metric.PEAK_HEAP_BYTES, AllocatorSection::bytes);
            startRow(table, "peak resident memory" + when, scenario, Metric.PEAK_RSS_BYTES, AllocatorSection::bytes);
        }
        return table;
    }

    private void startRow(
            Table table, String title, Scenario scenario, Metric metric, Function<Figure, String> wording) {
        table.row(
                title,
                shown(startFigure(Contender.BERTH, scenario, metric), wording),
                shown(startFigure(Contender.BERTH_C1, scenario, metric), wording),
                shown(startFigure(Contender.METALLB, scenario, metric), wording));
    }

    private Optional<Figure> startFigure(Contender contender, Scenario scenario, Metric metric) {
        return figures.sizes(scenario, Point.LARGE)
                .findFirst()
                .flatMap(size -> figures.find(new Point(contender, scenario, Point.LARGE, size), metric));
    }

    private static String shown(Optional<Figure> figure, Function<Figure, String> wording) {
        return figure.map(wording).orElse(NONE);
    }

    /** Both parts of a start; nothing where either did not come to its end. */
    private String together(Contender contender) {
        return wholeStart(contender, Scenario.ADOPT)
                .flatMap(adopted -> wholeStart(contender, Scenario.ALLOCATE)
                        .map(allocated -> Amounts.time(adopted.value() + allocated.value())))
                .orElse(NONE);
    }

    private Optional<Figure> wholeStart(Contender contender, Scenario scenario) {
        return startFigure(contender, scenario, Metric.NANOSECONDS)
                .filter(figure -> servedBeforeTimeWasUp(figure).isEmpty());
    }

    /** How many services were served, where these are not all. */
    private Optional<Figure> servedBeforeTimeWasUp(Figure start) {
        return figures.find(
                        new Point(start.contender(), start.scenario(), start.block(), start.size()), Metric.SERVICES)
                .filter(services -> services.value() < start.size() * Tenants.SERVICES_EACH);
    }

    /** "2.43 µs (2.31 µs to 2.60 µs)": the median, the lowest and the highest. */
    private static String timeWithSpread(Figure figure) {
        String spread = figure.high() > figure.low()
                ? " (" + Amounts.time(figure.low()) + " to " + Amounts.time(figure.high()) + ")"
                : "";
        return Amounts.time(figure.value()) + spread;
    }

    /** Says so where the time was up before every service was served. */
    private String timeOfAll(Figure figure) {
        return servedBeforeTimeWasUp(figure)
                .map(services -> Amounts.time(figure.value()) + " for the first " + Amounts.count(services.value()))
                .orElseGet(() -> timeWithSpread(figure));
    }

    private static String rate(Figure figure) {
        return Amounts.count(1e9 / figure.value());
    }

    private static String bytes(Figure figure) {
        return Amounts.bytes(figure.value());
    }
}
