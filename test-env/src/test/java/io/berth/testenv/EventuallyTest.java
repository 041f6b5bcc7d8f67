package io.berth.testenv;

import static io.berth.testenv.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventuallyTest {

    private static final Duration AT_ONCE = Duration.ZERO;

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void asksUntilTheAnswerIsAsWantedAndReturnsIt() {
        assertThat(eventually(asked::incrementAndGet, answer -> answer == 3)).isEqualTo(3);
    }

    @Test
    void repeatsAnAssertionUntilItPasses() {
        eventually(() -> assertThat(asked.incrementAndGet()).isEqualTo(3));

        assertThat(asked).hasValue(3);
    }

    @Test
    void aQuestionThatCannotBeAskedYetIsAskedAgain() {
        int answer = eventually(
                () -> {
                    if (asked.incrementAndGet() < 3) {
                        throw new IllegalStateException("not yet");
                    }
                    return asked.get();
                },
                anything -> true);

        assertThat(answer).isEqualTo(3);
    }

    @Test
    void aFailureShowsWhatWasSeenLast() {
        assertThatThrownBy(() -> eventually(AT_ONCE, () -> "Idle", "Established"::equals))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("last seen: Idle");
        assertThatThrownBy(() -> eventually(AT_ONCE, () -> assertThat("Idle").isEqualTo("Established")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Established")
                .hasMessageContaining("Idle");
    }
}
