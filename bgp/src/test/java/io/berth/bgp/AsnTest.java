package io.berth.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AsnTest {

    @ParameterizedTest
    @ValueSource(strings = {"1", "23456", "64512", "65535", "65536", "4294967295"})
    void whatIsPrintedIsReadAgain(String text) {
        assertThat(Asn.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "+1", "1.1", "AS64512", "4294967296", "99999999999999999999", "٣"})
    void whatIsNoAsNumberIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Asn.parse(text))
                .withMessageStartingWith("AS number must be 1 to 4294967295, got ");
    }

    /** RFC 6793: 65535 still fits into two octets, 65536 is the first that does not. */
    @ParameterizedTest
    @CsvSource({"65535, 65535", "65536, 23456", "4294967295, 23456"})
    void asTransStandsForWhatDoesNotFitIntoTwoOctets(long as, int twoOctets) {
        assertThat(new Asn(as).twoOctets()).isEqualTo(twoOctets);
    }

    @Test
    void orderIsThatOfTheNumbers() {
        assertThat(new Asn(4_294_967_295L)).isGreaterThan(new Asn(64512));
    }
}
