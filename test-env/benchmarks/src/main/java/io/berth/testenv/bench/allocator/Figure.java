package io.berth.testenv.bench.allocator;

import java.util.List;
import java.util.Locale;

/**
 * One thing that was measured.
 *
 * @param block whose addresses are given
 * @param size addresses in use, or pools
 * @param value the median of the samples
 * @param low the lowest sample
 * @param high the highest
 */
record Figure(
        Contender contender,
        Scenario scenario,
        String block,
        int size,
        Metric metric,
        double value,
        double low,
        double high) {

    /** Reads a line of comma-separated values. */
    static Figure parse(String line) {
        List<String> cells = List.of(line.split(",", -1));
        if (cells.size() != 8) {
            throw new IllegalArgumentException("not a figure: '" + line + "'");
        }
        return new Figure(
                Contender.of(cells.get(0)),
                Scenario.of(cells.get(1)),
                cells.get(2),
                Integer.parseInt(cells.get(3)),
                Metric.of(cells.get(4)),
                Double.parseDouble(cells.get(5)),
                Double.parseDouble(cells.get(6)),
                Double.parseDouble(cells.get(7)));
    }

    /** The line that {@link #parse} reads. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s,%s,%s,%d,%s,%.1f,%.1f,%.1f",
                contender,
                scenario,
                block,
                size,
                metric,
                value,
                low,
                high);
    }
}
