package io.berth.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.berth.bgp.message.Family;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressLiteralTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "192.0.2.1",
                "255.255.255.255",
                "::",
                "::1",
                "2001:db8::",
                "2001:db8::1",
                "fe80::1:2:3:4",
                "1:2:3:4:5:6:7:8"
            })
    void whatIsPrintedIsReadAgain(String text) {
        assertThat(AddressLiteral.of(AddressLiteral.parse(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "2001:0db8::0001, 2001:db8::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "0:0:0:1:0:0:0:0, 0:0:0:1::",
        "::192.0.2.1, ::c000:201"
    })
    void ipv6IsPrintedByRfc5952(String written, String printed) {
        assertThat(AddressLiteral.of(AddressLiteral.parse(written))).isEqualTo(printed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.1",
                "1",
                "010.0.0.1",
                "10.0.0.256",
                "10.0.0.1 ",
                "example.org",
                "[::1]",
                "fe80::1%1",
                "::ffff:192.0.2.1",
                "1:2:3:4:5:6:7",
                "1::2::3"
            })
    void whatCouldBeMisreadIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressLiteral.parse(text))
                .withMessage("not an IP address: '" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({"0, 0, ::ffff:0:0", "192, 1, ::ffff:c000:1"})
    void anIpv4MappedAddressFromTheWireStaysAnIpv6Address(int first, int last, String printed) {
        byte[] octets = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) first, 0, 0, (byte) last};

        assertThat(AddressLiteral.of(Family.IPV6_UNICAST.address(octets))).isEqualTo(printed);
    }
}
