package io.berth.testenv.bench.kubernetes;

import java.util.Locale;

/** Whose controller and speaker. */
enum Contender {
    BERTH,
    /** With the native speaker, which like Berth's speaks BGP by itself. */
    METALLB;

    static Contender of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
