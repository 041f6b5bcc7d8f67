package io.berth.testenv.bench.allocator;

import java.util.Arrays;

/** Whose allocator, and how it is run. */
enum Contender {
    BERTH("berth", "Berth"),
    BERTH_C1("berth-c1", "Berth, C1 only"),
    METALLB("metallb", "MetalLB");

    private final String word;
    private final String title;

    Contender(String word, String title) {
        this.word = word;
        this.title = title;
    }

    static Contender of(String word) {
        return Arrays.stream(values())
                .filter(contender -> contender.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no contender is called " + word));
    }

    String title() {
        return title;
    }

    @Override
    public String toString() {
        return word;
    }
}
