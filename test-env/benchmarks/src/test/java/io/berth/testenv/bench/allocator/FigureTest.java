package io.berth.testenv.bench.allocator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTest {

    @Test
    void figureIsReadFromTheLineThatItIsWrittenAs() {
        Figure figure = new Figure(
                Contender.BERTH_C1, Scenario.POOL_EACH, Point.LARGE, 100, Metric.NANOSECONDS, 812.5, 800, 825);

        assertThat(figure).hasToString("berth-c1,poolEach,10.0.0.0/8,100,nanoseconds,812.5,800.0,825.0");
        assertThat(Figure.parse(figure.toString())).isEqualTo(figure);
    }

    @Test
    void otherLinesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Figures.parse(List.of("metallb,onePool")))
                .withMessageContaining("metallb,onePool");
    }
}
