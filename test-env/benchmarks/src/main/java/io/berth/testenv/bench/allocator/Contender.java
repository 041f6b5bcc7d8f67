package io.berth.testenv.bench.allocator;

import java.util.Arrays;

/** Whose allocator, and how it is run. */
enum Contender {
    BERTH("berth"),
    /** With the first compiler alone, which is ready sooner and never as good. */
    BERTH_C1("berth-c1"),
    /** In a heap of the size that one would give to a controller. */
    BERTH_SMALL("berth-small"),
    METALLB("metallb");

    private final String word;

    Contender(String word) {
        this.word = word;
    }

    static Contender of(String word) {
        return Arrays.stream(values())
                .filter(contender -> contender.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no contender is called " + word));
    }

    /** What its JVM is told beside what the benchmark says. */
    String[] flags() {
        return switch (this) {
            case BERTH, METALLB -> new String[0];
            case BERTH_C1 -> new String[] {"-XX:TieredStopAtLevel=1"};
            case BERTH_SMALL -> new String[] {"-Xms256m", "-Xmx256m"};
        };
    }

    @Override
    public String toString() {
        return word;
    }
}
