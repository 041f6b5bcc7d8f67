package io.berth.testenv.bench.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.testenv.bench.kubernetes.Sighting.Change;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SightingsTest {

    @Test
    void routeThatTheKernelGetsFromBgpIsSeenToCome() {
        assertThat(Sightings.kernelRoute(
                        "[2026-11-25T10:44:01.123456] 198.18.0.1 nhid 12 via 10.89.7.1 dev eth0 proto bgp metric 20 "))
                .contains(new Sighting(Change.CAME, "198.18.0.1", Instant.parse("2026-11-25T10:44:01.123456Z")));
    }

    @Test
    void routeThatTheKernelLosesIsSeenToGo() {
        assertThat(Sightings.kernelRoute(
                        "[2026-11-25T10:44:02.000001] Deleted 198.18.0.1 nhid 12 via 10.89.7.1 dev eth0 proto"
                                + " bgp metric 20 "))
                .contains(new Sighting(Change.WENT, "198.18.0.1", Instant.parse("2026-11-25T10:44:02.000001Z")));
    }

    @Test
    void routesOfOthersAreNotOurs() {
        assertThat(Sightings.kernelRoute("[2026-11-25T10:44:02.000001] 10.89.7.0/24 dev eth0 proto kernel scope link "))
                .isEmpty();
    }

    @Test
    void collectorTellsWhatComesAndWhatGoes() {
        assertThat(Sightings.collected("""
            {"time":"2026-11-25T10:44:01.5Z","peer":"127.0.0.1:40000","type":"announce","prefix":"198.18.0.1/32"}\
            """))
                .contains(new Sighting(Change.CAME, "198.18.0.1", Instant.parse("2026-11-25T10:44:01.5Z")));
        assertThat(Sightings.collected("""
            {"time":"2026-11-25T10:44:01.5Z","peer":"127.0.0.1:40000","type":"withdraw","prefix":"198.18.0.1/32"}\
            """))
                .contains(new Sighting(Change.WENT, "198.18.0.1", Instant.parse("2026-11-25T10:44:01.5Z")));
    }

    @Test
    void collectorTellsOfSessionsToo() {
        assertThat(Sightings.collected("""
            {"time":"2026-11-25T10:44:01.5Z","peer":"127.0.0.1:40000","type":"state","state":"Established"}\
            """)).isEmpty();
    }
}
