package io.berth.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0/0",
                "203.0.113.7/32",
                "203.0.113.0/24",
                "10.0.0.0/9",
                "::/0",
                "2001:db8::/32",
                "2001:db8::1/128"
            })
    void whatIsPrintedIsReadAgain(String text) {
        assertThat(Prefix.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, prefix must be ADDRESS/LENGTH",
        "203.0.113.7/, prefix must be ADDRESS/LENGTH",
        "203.0.113.7/x, prefix must be ADDRESS/LENGTH",
        "203.0.113.7/+8, prefix must be ADDRESS/LENGTH",
        "203.0.113.7/032, prefix must be ADDRESS/LENGTH",
        "203.0.113.7/-1, prefix must be ADDRESS/LENGTH",
        "/24, not an IP address: ",
        "203.0.113/24, not an IP address: ",
        "203.0.113.0/33, prefix length of 203.0.113.0 must be 0 to 32, got 33",
        "2001:db8::/129, prefix length of 2001:db8:: must be 0 to 128, got 129",
        "203.0.113.7/24, prefix 203.0.113.7/24 has bits set beyond its length",
        "2001:db8::1/127, prefix 2001:db8::1/127 has bits set beyond its length"
    })
    void aPrefixThatIsNoneIsRefusedWithWhatIsWrong(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Prefix.parse(text))
                .withMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 32, 203.0.113.7/32",
        "203.0.113.7, 24, 203.0.113.0/24",
        "203.0.113.7, 0, 0.0.0.0/0",
        "10.255.0.1, 9, 10.128.0.0/9",
        "2001:db8::ffff, 113, 2001:db8::8000/113",
        "2001:db8::ffff, 128, 2001:db8::ffff/128"
    })
    void hostBitsAreClearedWhereThePrefixContainingAnAddressIsAskedFor(String address, int length, String prefix) {
        assertThat(Prefix.containing(AddressLiteral.parse(address), length)).hasToString(prefix);
    }

    @Test
    void thePrefixOfOneAddressHasAllItsBits() {
        assertThat(Prefix.host(AddressLiteral.parse("203.0.113.7"))).hasToString("203.0.113.7/32");
        assertThat(Prefix.host(AddressLiteral.parse("2001:db8::7"))).hasToString("2001:db8::7/128");
    }

    @Test
    void orderIsByFamilyThenAddressAsUnsignedNumberThenLength() {
        List<String> ordered =
                List.of("9.0.0.0/8", "10.0.0.0/8", "10.0.0.0/16", "200.0.0.0/8", "::/0", "1::/16", "ff00::/8");

        assertThat(Stream.of("ff00::/8", "200.0.0.0/8", "10.0.0.0/16", "::/0", "9.0.0.0/8", "1::/16", "10.0.0.0/8")
                        .map(Prefix::parse)
                        .sorted()
                        .map(Prefix::toString))
                .isEqualTo(ordered);
    }
}
