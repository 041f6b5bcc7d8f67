package io.berth.k8s.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacedTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualThread thread = new ManualThread();
    private final Instant start = thread.now();
    private final List<Duration> runs = new ArrayList<>();
    private final Paced paced = new Paced(thread, () -> runs.add(Duration.between(start, thread.now())));

    @Test
    void whatIsAskedForAfterAWhileIsDoneAtOnce() {
        paced.ask(SECOND);
        thread.pass(Duration.ofSeconds(5));
        paced.ask(SECOND);

        assertThat(runs).containsExactly(Duration.ZERO, Duration.ofSeconds(5));
    }

    @Test
    void whatIsAskedForOftenIsDoneOnceInAWhile() {
        for (int i = 0; i < 25; i++) {
            paced.ask(SECOND);
            thread.pass(Duration.ofMillis(100));
        }

        assertThat(runs).containsExactly(Duration.ZERO, SECOND, Duration.ofSeconds(2));
        thread.pass(Duration.ofSeconds(10));
        assertThat(runs).hasSize(4);
        assertThat(thread.waiting()).isZero();
    }

    @Test
    void whoIsInAHurryBringsItForward() {
        paced.ask(SECOND);
        paced.ask(SECOND);
        paced.ask(Duration.ofMillis(100));
        thread.pass(Duration.ofSeconds(10));

        assertThat(runs).containsExactly(Duration.ZERO, Duration.ofMillis(100));
    }

    @Test
    void whoIsInNoHurryPutsNothingOff() {
        paced.ask(Duration.ofMillis(100));
        paced.ask(Duration.ofMillis(100));
        paced.ask(SECOND);
        thread.pass(Duration.ofSeconds(10));

        assertThat(runs).containsExactly(Duration.ZERO, Duration.ofMillis(100));
    }

    @Test
    void whatTakesLongIsDoneATenthOfTheTimeAtMost() {
        paced.ask(Duration.ofMillis(100));
        paced.took(Duration.ofMillis(50));
        paced.ask(Duration.ofMillis(100));
        thread.pass(Duration.ofSeconds(10));

        assertThat(runs).containsExactly(Duration.ZERO, Duration.ofMillis(450));
    }
}
