package io.berth.testenv.bench.kubernetes;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * One thing that was measured.
 *
 * @param value the median of the samples
 * @param high the sample below which 99 of 100 lie, or the one there is
 * @param samples how many there were
 */
record Figure(Contender contender, Metric metric, double value, double high, int samples) {

    static Figure of(Contender contender, Metric metric, double value) {
        return new Figure(contender, metric, value, value, 1);
    }

    static Figure of(Contender contender, Metric metric, List<Duration> samples) {
        List<Duration> sorted = samples.stream().sorted().toList();
        return new Figure(contender, metric, at(0.5, sorted), at(0.99, sorted), sorted.size());
    }

    /** The smallest sample that so much of all are not above. */
    private static double at(double share, List<Duration> sorted) {
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1).toNanos();
    }

    /** Reads a line of comma-separated values. */
    static Figure parse(String line) {
        List<String> cells = List.of(line.split(",", -1));
        if (cells.size() != 5) {
            throw new IllegalArgumentException("not a figure: " + line);
        }
        return new Figure(
                Contender.of(cells.get(0)),
                Metric.of(cells.get(1)),
                Double.parseDouble(cells.get(2)),
                Double.parseDouble(cells.get(3)),
                Integer.parseInt(cells.get(4)));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s,%s,%.1f,%.1f,%d", contender, metric, value, high, samples);
    }
}
