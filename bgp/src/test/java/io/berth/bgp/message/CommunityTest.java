package io.berth.bgp.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.berth.bgp.message.PathAttribute.Communities;
import io.berth.bgp.message.PathAttribute.ExtendedCommunities;
import io.berth.bgp.message.PathAttribute.LargeCommunities;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommunityTest {

    @ParameterizedTest
    @ValueSource(strings = {"0:0", "64512:100", "65535:65535"})
    void whatIsPrintedIsReadAgain(String text) {
        assertThat(Community.parse(text)).hasToString(text);
    }

    /** The registry of RFC 1997, 3765, 7999, 8326 and 9494. */
    @ParameterizedTest
    @CsvSource({
        "graceful-shutdown, 65535:0",
        "llgr-stale, 65535:6",
        "no-llgr, 65535:7",
        "blackhole, 65535:666",
        "no-export, 65535:65281",
        "no-advertise, 65535:65282",
        "no-export-subconfed, 65535:65283",
        "local-as, 65535:65283",
        "no-peer, 65535:65284",
        "NO-EXPORT, 65535:65281"
    })
    void wellKnownNamesAreReadAndPrintedAsNumbers(String name, String numbers) {
        assertThat(Community.parse(name)).hasToString(numbers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "64512",
                "64512:",
                ":1",
                "1:2:3",
                "65536:0",
                "0:65536",
                "-1:0",
                "1: 2",
                "0x1:2",
                "no-such-name",
                "999999999999:1"
            })
    void whatIsNoCommunityIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Community.parse(text))
                .withMessage("community must be N:N with each N 0 to 65535, or a well-known name, got '" + text + "'");
    }

    @Test
    void halvesThatDoNotFitAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Community.of(65536, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Community.of(0, -1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0:0:0", "64512:1:2", "4294967295:4294967295:4294967295"})
    void whatIsPrintedOfALargeCommunityIsReadAgain(String text) {
        assertThat(LargeCommunity.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1:2", "1:2:3:4", "1:2:", "4294967296:0:0", "0:0:-1", "large:1:2:3", "1:2:99999999999"})
    void whatIsNoLargeCommunityIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LargeCommunity.parse(text))
                .withMessage("large community must be N:N:N with each N 0 to 4294967295, got '" + text + "'");
    }

    /** One set has one image on the wire, however it was written (RFC 8092 section 3 demands it of large ones). */
    @Test
    void listsAreSortedAsUnsignedNumbersWithoutDuplicates() {
        assertThat(new Communities(List.of(Community.NO_EXPORT, Community.of(1, 2), Community.NO_EXPORT)))
                .isEqualTo(new Communities(List.of(Community.of(1, 2), Community.NO_EXPORT)));
        assertThat(new Communities(List.of(Community.NO_EXPORT, Community.of(1, 2))).communities())
                .containsExactly(Community.of(1, 2), Community.NO_EXPORT);
        assertThat(new ExtendedCommunities(List.of(-1L, 1L, -1L)).communities()).containsExactly(1L, -1L);
        assertThat(new LargeCommunities(List.of(LargeCommunity.parse("4294967295:0:0"), LargeCommunity.parse("1:2:3")))
                        .communities())
                .containsExactly(LargeCommunity.parse("1:2:3"), LargeCommunity.parse("4294967295:0:0"));
    }
}
