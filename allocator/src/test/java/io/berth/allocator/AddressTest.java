package io.berth.allocator;

import static io.berth.allocator.Given.address;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.0.1.255", "255.255.255.255", "::", "2001:db8::1", "ffff:ffff:ffff:ffff::"})
    void addressesAreWrittenAsTheyAreReadAndSurviveTheJdksForm(String text) {
        assertThat(address(text)).hasToString(text);
        assertThat(Address.of(address(text).toInetAddress())).isEqualTo(address(text));
    }

    @Test
    void orderIsThatOfUnsignedNumbersWithIpv4First() {
        assertThat(Given.addresses("ffff::", "8000::", "::1", "255.0.0.0", "1.0.0.0", "::8000:0:0:0").stream()
                        .sorted())
                .containsExactlyElementsOf(
                        Given.addresses("1.0.0.0", "255.0.0.0", "::1", "::8000:0:0:0", "8000::", "ffff::"));
    }

    @Test
    void neighboursCarryOverTheHalvesOfIpv6() {
        Address last = address("2001:db8::ffff:ffff:ffff:ffff");
        assertThat(last.next()).isEqualTo(address("2001:db8:0:1::"));
        assertThat(last.next().previous()).isEqualTo(last);
    }

    @Test
    void countsAreExactAtAnySize() {
        assertThat(address("10.0.0.255").countFrom(address("10.0.0.0"))).isEqualTo(256);
        assertThat(address("2001:db8::ffff:ffff:ffff:ffff").countFrom(address("2001:db8::")))
                .isEqualTo(BigInteger.TWO.pow(64));
        assertThat(address("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff").countFrom(address("::")))
                .isEqualTo(BigInteger.TWO.pow(128));
    }
}
