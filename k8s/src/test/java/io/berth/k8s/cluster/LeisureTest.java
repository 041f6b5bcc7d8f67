package io.berth.k8s.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeisureTest {

    private long now;
    private final Leisure leisure = new Leisure(() -> now, nanos -> now += nanos);

    private void spend(Duration time) {
        try (var _ = leisure.turn()) {
            now += time.toNanos();
        }
    }

    /** How long the next request is kept. */
    private Duration rest() {
        long before = now;
        leisure.turn().close();
        return Duration.ofNanos(now - before);
    }

    @Test
    void aSingleRequestGoesOutAtOnce() {
        assertThat(rest()).isZero();
    }

    @Test
    void theNextWaitsFourTimesAsLongAsTheLastTook() {
        spend(Duration.ofMillis(20));
        assertThat(rest()).isEqualTo(Duration.ofMillis(80));
    }

    @Test
    void nobodyWaitsForLongerThanAQuarterOfASecond() {
        spend(Duration.ofSeconds(5));
        assertThat(rest()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void whatPassedAnywayIsRestToo() {
        spend(Duration.ofMillis(20));
        now += Duration.ofSeconds(1).toNanos();
        assertThat(rest()).isZero();
    }

    @Test
    void whoHurriesDoesNotRest() {
        spend(Duration.ofMillis(20));
        leisure.hurry();
        assertThat(rest()).isZero();
    }
}
