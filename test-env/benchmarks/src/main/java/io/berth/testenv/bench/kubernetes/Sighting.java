package io.berth.testenv.bench.kubernetes;

import java.time.Instant;

/**
 * Something that came or went, as somebody saw it.
 *
 * @param what a prefix, without its length where that is the whole address
 * @param at by the clock of this machine, which all processes and containers on it share
 */
record Sighting(Change change, String what, Instant at) {

    enum Change {
        CAME,
        WENT
    }
}
