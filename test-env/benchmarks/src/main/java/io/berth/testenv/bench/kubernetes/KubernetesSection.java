package io.berth.testenv.bench.kubernetes;

import io.berth.testenv.bench.Amounts;
import io.berth.testenv.bench.Page;
import io.berth.testenv.bench.Table;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;

/** What was measured on a cluster, as the section of the page: a text with tables in it. */
final class KubernetesSection {

    private static final String NONE = "–";

    private final Figures figures;

    KubernetesSection(Figures figures) {
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
                Map.of("bars", new Bars(figures).table(), "latency", latency(), "load", load(), "memory", memory()));
    }

    /** How many services a time is of, where that need not be all. */
    static Optional<Metric> countOf(Metric time) {
        return switch (time) {
            case ALL_ALLOCATED -> Optional.of(Metric.SERVICES_ALLOCATED);
            case ALL_ANNOUNCED -> Optional.of(Metric.SERVICES_ANNOUNCED);
            default -> Optional.empty();
        };
    }

    private Table latency() {
        Table table = new Table("", "Berth p50", "p99", "MetalLB p50", "p99");
        spread(table, "Service created: answered by the API server", Metric.CREATE_ANSWERED);
        spread(table, "… UPDATE at the collector", Metric.ANNOUNCE_AT_COLLECTOR);
        spread(table, "… route in the router's kernel", Metric.ANNOUNCE_AT_ROUTER);
        spread(table, "last endpoint unready: answered by the API server", Metric.UNREADY_ANSWERED);
        spread(table, "… withdrawal at the collector", Metric.WITHDRAW_AT_COLLECTOR);
        spread(table, "… route gone from the router's kernel", Metric.WITHDRAW_AT_ROUTER);
        return table;
    }

    private void spread(Table table, String title, Metric metric) {
        Optional<Figure> ours = figures.find(Contender.BERTH, metric);
        Optional<Figure> theirs = figures.find(Contender.METALLB, metric);
        table.row(
                title,
                shown(ours.map(Figure::value), Amounts::time),
                shown(ours.map(Figure::high), Amounts::time),
                shown(theirs.map(Figure::value), Amounts::time),
                shown(theirs.map(Figure::high), Amounts::time));
    }

    private Table load() {
        Table table = new Table("", "Berth", "MetalLB");
        row(table, "services", Metric.SERVICES, Amounts::count);
        row(table, "all allocated", Metric.ALL_ALLOCATED, Amounts::time);
        row(table, "all announced", Metric.ALL_ANNOUNCED, Amounts::time);
        row(
                table,
                "status patches a second that the API server takes from a plain client",
                Metric.WRITES_PER_SECOND,
                Amounts::count);
        row(table, "writes that it took meanwhile", Metric.WRITES, Amounts::count);
        row(table, "addresses seen on two services", Metric.ADDRESSES_GIVEN_TWICE, Amounts::count);
        row(table, "processor time: controller", Metric.CONTROLLER_CPU, Amounts::time);
        row(table, "speaker", Metric.SPEAKER_CPU, Amounts::time);
        row(table, "kube-apiserver", Metric.API_SERVER_CPU, Amounts::time);
        row(table, "etcd", Metric.ETCD_CPU, Amounts::time);
        return table;
    }

    private Table memory() {
        Table table = new Table("", "Berth", "MetalLB");
        row(table, "controller: heap after a collection", Metric.CONTROLLER_HEAP, Amounts::bytes);
        row(table, "resident memory", Metric.CONTROLLER_RSS, Amounts::bytes);
        row(table, "the most of it ever", Metric.CONTROLLER_PEAK_RSS, Amounts::bytes);
        row(table, "from its start to readiness", Metric.CONTROLLER_READY, Amounts::time);
        row(table, "speaker: heap after a collection", Metric.SPEAKER_HEAP, Amounts::bytes);
        row(table, "resident memory", Metric.SPEAKER_RSS, Amounts::bytes);
        row(table, "the most of it ever", Metric.SPEAKER_PEAK_RSS, Amounts::bytes);
        row(table, "from its start to readiness", Metric.SPEAKER_READY, Amounts::time);
        row(table, "from its start to the last route", Metric.SPEAKER_ANNOUNCED_AGAIN, Amounts::time);
        return table;
    }

    private void row(Table table, String title, Metric metric, DoubleFunction<String> wording) {
        table.row(title, cell(Contender.BERTH, metric, wording), cell(Contender.METALLB, metric, wording));
    }

    private String cell(Contender contender, Metric metric, DoubleFunction<String> wording) {
        String shown = shown(figures.find(contender, metric).map(Figure::value), wording);
        return countOf(metric)
                .flatMap(count -> figures.find(contender, count))
                .filter(served -> figures.find(contender, Metric.SERVICES)
                        .filter(all -> served.value() < all.value())
                        .isPresent())
                .map(served -> shown + " for the first " + Amounts.count(served.value()))
                .orElse(shown);
    }

    private static String shown(Optional<Double> amount, DoubleFunction<String> wording) {
        return amount.map(wording::apply).orElse(NONE);
    }
}
