package io.berth.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TallyTest {

    private final Tally tally = new Tally(Meters.BGP_SESSION_TRANSITIONS);

    @Test
    void aSeriesThatIsHeldOnToCountsWhatIsRead() {
        LongAdder established = tally.of("tor-1", "Established");
        established.add(2);
        tally.of("tor-1", "Idle").increment();
        established.increment();

        assertThat(tally.of("tor-1", "Established")).isSameAs(established);
        assertThat(read()).isEqualTo(Map.of("tor-1 Established", 3.0, "tor-1 Idle", 1.0));
    }

    @Test
    void whatWasForgottenBeginsAnew() {
        tally.of("tor-1", "Idle").add(5);
        tally.of("tor-2", "Idle").add(7);

        tally.keep("tor-2"::equals);
        tally.of("tor-1", "Idle").increment();

        assertThat(read()).isEqualTo(Map.of("tor-1 Idle", 1.0, "tor-2 Idle", 7.0));
    }

    private Map<String, Double> read() {
        Samples samples = new Samples();
        tally.sample(samples);
        CounterSnapshot snapshot = (CounterSnapshot) samples.snapshots().get(0);
        return snapshot.getDataPoints().stream()
                .collect(Collectors.toMap(
                        point -> point.getLabels().get("peer") + " "
                                + point.getLabels().get("to"),
                        CounterSnapshot.CounterDataPointSnapshot::getValue));
    }
}
