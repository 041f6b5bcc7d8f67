package io.berth.allocator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.1.0/28, 10.0.1.0, 10.0.1.15",
        "10.0.1.7/32, 10.0.1.7, 10.0.1.7",
        "0.0.0.0/0, 0.0.0.0, 255.255.255.255",
        "10.0.1.1-10.0.1.9, 10.0.1.1, 10.0.1.9",
        "10.0.1.1 - 10.0.1.9, 10.0.1.1, 10.0.1.9",
        "'  10.0.1.1  -  10.0.1.9  ', 10.0.1.1, 10.0.1.9",
        "10.0.1.1-10.0.1.1, 10.0.1.1, 10.0.1.1",
        "2001:db8::/64, 2001:db8::, 2001:db8::ffff:ffff:ffff:ffff",
        "2001:db8::/48, 2001:db8::, 2001:db8:0:ffff:ffff:ffff:ffff:ffff",
        "2001:db8::/128, 2001:db8::, 2001:db8::",
        "2001:DB8::1-2001:db8::a, 2001:db8::1, 2001:db8::a",
    })
    void entriesAreCidrsAndRanges(String text, String first, String last) {
        AddressRange range = AddressRange.parse(text);
        assertThat(range.first()).hasToString(first);
        assertThat(range.last()).hasToString(last);
        assertThat(range).hasToString(text);
        assertThat(range.hostBits()).isEqualTo(AddressRange.HostBits.CLEAR);
    }

    @ParameterizedTest
    @CsvSource({"10.0.1.5/28, 10.0.1.0, 10.0.1.15", "2001:db8::1/64, 2001:db8::, 2001:db8::ffff:ffff:ffff:ffff"})
    void hostBitsOfCidrAreMaskedAndNoted(String text, String first, String last) {
        AddressRange range = AddressRange.parse(text);
        assertThat(range.first()).hasToString(first);
        assertThat(range.last()).hasToString(last);
        assertThat(range.hostBits()).isEqualTo(AddressRange.HostBits.SET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "/24",
                "-",
                "*",
                "10",
                "10.0.1.0",
                "10.0.1/24",
                "010.0.1.0/24",
                "10.0.01.0/24",
                "0x0a000001/32",
                "10.0.1.256/32",
                "10.0.1.0/33",
                "10.0.1.0/-1",
                "10.0.1.0/028",
                "10.0.1.0/ 28",
                "10.0.1.0 /28",
                "10.0.1.0/",
                "10.0.1.0/255.255.255.0",
                "10.0.1.0/24/24",
                "10. 0.1.0/24",
                "10.0.1.*/32",
                "10.0.1.1-10.0.1.9-10.0.1.12",
                "10.0.1.1-9",
                "10.0.1.1-",
                "10.0.1.9-10.0.1.1",
                "10.0.1.0/30-10.0.1.9",
                "10.0.1.1-2001:db8::1",
                "2001:db8::/129",
                "2001:db8::1%eth0/128",
                "2001:db8:::/64",
                "2001:db8::12345/128",
                "::ffff:10.0.1.0/120",
                "::ffff:010.0.1.0/120",
                "host.example/32",
            })
    void anythingElseIsRefusedInOneLineThatNamesIt(String text) {
        assertThatThrownBy(() -> AddressRange.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got '" + text + "'")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource({"10.0.1.7, 10.0.1.7", "' 10.0.1.7 ', 10.0.1.7", "2001:DB8:0:0::1, 2001:db8::1"})
    void oneAddressIsReadAsStrictly(String text, String address) {
        assertThat(Given.address(text)).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10.0.1", "10.0.1.7/32", "010.0.1.7", "10.0.1.7,10.0.1.8", "::ffff:10.0.1.7", "fe80::1%1"})
    void whatIsNoAddressIsRefused(String text) {
        assertThatThrownBy(() -> AddressRange.parseAddress(text)).hasMessageContaining("got '" + text + "'");
    }

    @Test
    void rangesOfOneFamilyOverlapWhereTheyShareAnAddress() {
        AddressRange range = AddressRange.parse("10.0.1.4-10.0.1.7");
        assertThat(range.overlaps(AddressRange.parse("10.0.1.7/32"))).isTrue();
        assertThat(range.overlaps(AddressRange.parse("10.0.0.0/16"))).isTrue();
        assertThat(range.overlaps(AddressRange.parse("10.0.1.8/29"))).isFalse();
        assertThat(range.overlaps(AddressRange.parse("::/0"))).isFalse();
    }

    @Test
    void rangeContainsItsEndsAndNothingOfTheOtherFamily() {
        AddressRange range = AddressRange.parse("10.0.1.4-10.0.1.7");
        assertThat(Given.addresses("10.0.1.4", "10.0.1.7")).allMatch(range::contains);
        assertThat(Given.addresses("10.0.1.3", "10.0.1.8", "::a00:104")).noneMatch(range::contains);
    }
}
