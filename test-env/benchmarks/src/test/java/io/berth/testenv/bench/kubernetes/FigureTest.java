package io.berth.testenv.bench.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FigureTest {

    private static final List<Duration> TWO_HUNDRED =
            LongStream.rangeClosed(1, 200).mapToObj(Duration::ofNanos).toList();

    @Test
    void figureOfManySamplesIsTheirMedianAndTheThirdWorstOfTwoHundred() {
        assertThat(Figure.of(Contender.BERTH, Metric.ANNOUNCE_AT_ROUTER, TWO_HUNDRED.reversed()))
                .isEqualTo(new Figure(Contender.BERTH, Metric.ANNOUNCE_AT_ROUTER, 100, 198, 200));
    }

    @Test
    void figureIsReadAsItWasWritten() {
        Figure figure = Figure.of(Contender.METALLB, Metric.ANNOUNCE_AT_ROUTER, TWO_HUNDRED);

        assertThat(Figure.parse(figure.toString())).isEqualTo(figure);
    }
}
