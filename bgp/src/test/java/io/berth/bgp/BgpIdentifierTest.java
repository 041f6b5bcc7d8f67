package io.berth.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BgpIdentifierTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.1", "192.0.2.1", "255.255.255.255"})
    void whatIsPrintedIsReadAgain(String text) {
        assertThat(BgpIdentifier.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "1", "::1", "node-1", ""})
    void whatIsNoIdentifierIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> BgpIdentifier.parse(text));
    }

    /** The higher identifier keeps its connection in a collision (RFC 4271 section 6.8), also above 127.255.255.255. */
    @Test
    void orderIsThatOfUnsignedNumbers() {
        assertThat(BgpIdentifier.parse("200.0.0.1")).isGreaterThan(BgpIdentifier.parse("100.0.0.1"));
    }
}
