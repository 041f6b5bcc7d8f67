package io.berth.testenv.bench.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PointTest {

    @Test
    void everyScenarioIsMeasured() {
        assertThat(Stream.concat(Point.churn(Pace.FULL).stream(), Point.start(Pace.FULL).stream()))
                .extracting(Point::scenario)
                .contains(Scenario.values());
    }

    @Test
    void smokeRunLeavesOutWhatIsLarge() {
        assertThat(Point.churn(Pace.QUICK)).allMatch(point -> point.size() <= 100_000);
        assertThat(Point.start(Pace.QUICK)).allMatch(point -> point.size() == 1_000);
    }

    @Test
    void noPointIsMeasuredTwice() {
        assertThat(Point.churn(Pace.FULL)).doesNotHaveDuplicates();
        assertThat(Point.start(Pace.FULL)).doesNotHaveDuplicates();
    }
}
