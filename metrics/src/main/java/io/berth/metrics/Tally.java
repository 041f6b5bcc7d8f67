package io.berth.metrics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The counts of one meter, whose first label names what is counted for: a pool, a peer. One thread counts, any thread
 * reads. Its table is copied when a series is new, which happens a few times in the life of a session, never for an event
 * that only counts; whoever counts millions holds on to the series.
 */
final class Tally {

    private final Meter meter;
    private volatile Map<List<String>, LongAdder> series = Map.of();

    Tally(Meter meter) {
        this.meter = meter;
    }

    /** The series of these label values, for the counting thread. */
    LongAdder of(String... labelValues) {
        List<String> labels = List.of(labelValues);
        LongAdder known = series.get(labels);
        if (known != null) {
            return known;
        }
        LongAdder added = new LongAdder();
        Map<List<String>, LongAdder> more = new HashMap<>(series);
        more.put(labels, added);
        series = Map.copyOf(more);
        return added;
    }

    /** Forgets what is counted for anything else, from the counting thread. */
    void keep(Predicate<String> present) {
        Map<List<String>, LongAdder> all = series;
        if (!all.keySet().stream().allMatch(labels -> present.test(labels.getFirst()))) {
            series = all.entrySet().stream()
                    .filter(entry -> present.test(entry.getKey().getFirst()))
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        }
    }

    /** Adds every series, from any thread. */
    void sample(Samples samples) {
        series.forEach((labels, count) -> samples.add(meter, (double) count.sum(), labels.toArray(String[]::new)));
    }
}
