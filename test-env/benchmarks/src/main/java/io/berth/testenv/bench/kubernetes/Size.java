package io.berth.testenv.bench.kubernetes;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param rounds services that come and lose their endpoint, one after the other
 * @param pools pools, each for a namespace of its own
 * @param each services in each of those namespaces; 126 at most, which is what a /25 has for certain
 * @param patience how long a contender may take to announce all of them
 */
record Size(int rounds, int pools, int each, Duration patience) {

    static final Size FULL = new Size(200, 100, 100, Duration.ofMinutes(6));
    static final Size QUICK = new Size(20, 10, 30, Duration.ofMinutes(1));

    int services() {
        return pools * each;
    }
}
