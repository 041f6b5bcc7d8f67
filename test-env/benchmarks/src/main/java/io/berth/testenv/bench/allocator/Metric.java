package io.berth.testenv.bench.allocator;

import java.util.Arrays;

/** What a figure counts. */
enum Metric {
    /** The time of one turn, or of a whole start. */
    NANOSECONDS("nanoseconds"),
    /** What one turn leaves to the garbage collector. */
    ALLOCATED_BYTES("allocated-bytes"),
    /** The heap at the end of a start, after a full collection. */
    LIVE_HEAP_BYTES("live-heap-bytes"),
    /** The most that a collection left of the heap in the course of a start. */
    PEAK_HEAP_BYTES("peak-heap-bytes"),
    /** The most memory that the process had of the system. */
    PEAK_RSS_BYTES("peak-rss-bytes"),
    /** How many services had an address when the time was up. */
    SERVICES("services");

    private final String word;

    Metric(String word) {
        this.word = word;
    }

    static Metric of(String word) {
        return Arrays.stream(values())
                .filter(metric -> metric.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no metric is called " + word));
    }

    @Override
    public String toString() {
        return word;
    }
}
