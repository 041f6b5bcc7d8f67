package io.berth.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HoldTimeTest {

    @ParameterizedTest
    @CsvSource({
        "90, 30000, 30000",
        "90, 5000, 5000",
        "90, 60000, 30000",
        "9, 30000, 3000",
        "90, 10, 1000",
        "3, 10, 1000"
    })
    void aSpeakerIsHeardAsOftenAsItWishesAndAThirdOfTheHoldTimeDemands(int hold, long wishedMillis, long millis) {
        assertThat(new HoldTime(hold).keepaliveInterval(Duration.ofMillis(wishedMillis)))
                .isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 2, 65536})
    void aHoldTimeIsZeroOrAtLeastThree(int seconds) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HoldTime(seconds))
                .withMessage("hold time must be 0 or 3 to 65535 seconds, got " + seconds);
    }

    @ParameterizedTest
    @CsvSource({"90, 180, 90", "180, 90, 90", "0, 90, 0", "90, 0, 0", "3, 3, 3"})
    void theSmallerProposalHoldsAndZeroSwitchesTheTimersOff(int ours, int theirs, int negotiated) {
        HoldTime holdTime = new HoldTime(ours).negotiatedWith(new HoldTime(theirs));

        assertThat(holdTime).isEqualTo(new HoldTime(negotiated));
        assertThat(holdTime.isOn()).isEqualTo(negotiated > 0);
    }

    @ParameterizedTest
    @CsvSource({"90, PT30S", "3, PT1S", "4, PT1.333S", "65535, PT6H4M5S"})
    void keepalivesComeThreeTimesInAHoldTime(int seconds, Duration interval) {
        assertThat(new HoldTime(seconds).keepaliveInterval()).isEqualTo(interval);
    }
}
