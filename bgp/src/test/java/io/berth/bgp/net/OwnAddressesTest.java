package io.berth.bgp.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.bgp.AddressLiteral;
import io.berth.bgp.net.OwnAddresses.Assigned;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of our addresses become next hops. */
class OwnAddressesTest {

    @Test
    void ofAnIpv4SessionOnALinkAreTheInterfacesIpv6AddressAndTheLinkLocalOne() {
        assertThat(seen("192.0.2.1", "192.0.2.254", "fe80::1/64", "2001:db8::1/64", "192.0.2.1/24"))
                .containsExactly("192.0.2.1", "2001:db8::1", "fe80::1");
    }

    @Test
    void ofAnIpv6SessionIsTheInterfacesIpv4Address() {
        assertThat(seen("2001:db8::1", "2001:db8::fe", "fe80::1/64", "2001:db8::1/64", "192.0.2.1/24"))
                .containsExactly("2001:db8::1", "192.0.2.1", "fe80::1");
    }

    /** RFC 2545 section 3: a link-local address means nothing beyond its link. */
    @ParameterizedTest
    @CsvSource({"192.0.2.1, 198.51.100.254, 2001:db8::1", "2001:db8::1, 2001:db8:ffff::1, 192.0.2.1"})
    void aPeerBehindARouterIsToldNoLinkLocalAddress(String local, String remote, String other) {
        assertThat(seen(local, remote, "fe80::1/64", "2001:db8::1/64", "192.0.2.1/24"))
                .containsExactly(local, other);
    }

    @Test
    void aSessionBetweenLinkLocalAddressesHasTheGlobalOnesToo() {
        assertThat(seen("fe80::1", "fe80::fe", "fe80::1/64", "2001:db8::1/64", "192.0.2.1/24"))
                .containsExactly("fe80::1", "192.0.2.1", "2001:db8::1");
    }

    /** Service addresses that stand on an interface may stand on another one tomorrow. */
    @Test
    void theHostsOwnAddressComesBeforeAServices() {
        assertThat(seen("192.0.2.1", "192.0.2.254", "2001:db8::1/128", "2001:db8::2/64", "192.0.2.1/24"))
                .containsExactly("192.0.2.1", "2001:db8::2");
        assertThat(seen("192.0.2.1", "192.0.2.254", "2001:db8::1/128", "192.0.2.1/24"))
                .containsExactly("192.0.2.1", "2001:db8::1");
    }

    @Test
    void aGlobalAddressComesBeforeOneOfTheSiteAndBothBeforeLoopback() {
        assertThat(seen("127.0.0.1", "127.0.0.2", "::1/128", "fd00::1/64", "2001:db8::2/64", "127.0.0.1/8"))
                .containsExactly("127.0.0.1", "2001:db8::2");
        assertThat(seen("127.0.0.1", "127.0.0.2", "::1/128", "fd00::1/64", "127.0.0.1/8"))
                .containsExactly("127.0.0.1", "fd00::1");
        assertThat(seen("127.0.0.1", "127.0.0.2", "::1/128", "127.0.0.1/8")).containsExactly("127.0.0.1", "::1");
    }

    @Test
    void addressesThatAreOnlyOfTheirLinkAreNoIpv4NextHops() {
        assertThat(seen("2001:db8::1", "2001:db8::fe", "169.254.20.10/16", "2001:db8::1/64"))
                .containsExactly("2001:db8::1");
    }

    @Test
    void theOrderInWhichTheKernelTellsThemDoesNotMatter() {
        assertThat(seen("192.0.2.1", "192.0.2.254", "2001:db8::3/64", "2001:db8::2/64", "192.0.2.1/24"))
                .isEqualTo(seen("192.0.2.1", "192.0.2.254", "192.0.2.1/24", "2001:db8::2/64", "2001:db8::3/64"))
                .contains("2001:db8::2");
    }

    @Test
    void aSessionWhoseInterfaceIsNotToBeFoundHasItsOwnAddress() {
        assertThat(seen("192.0.2.1", "192.0.2.254")).containsExactly("192.0.2.1");
        assertThat(OwnAddresses.of(AddressLiteral.parse("192.0.2.1"), AddressLiteral.parse("192.0.2.254")))
                .containsExactly(AddressLiteral.parse("192.0.2.1"));
    }

    private static List<String> seen(String local, String remote, String... assigned) {
        return OwnAddresses.seen(
                        AddressLiteral.parse(local),
                        AddressLiteral.parse(remote),
                        Stream.of(assigned).map(OwnAddressesTest::assigned).toList())
                .stream()
                .map(AddressLiteral::of)
                .toList();
    }

    private static Assigned assigned(String text) {
        int slash = text.indexOf('/');
        InetAddress address = AddressLiteral.parse(text.substring(0, slash));
        return new Assigned(address, Integer.parseInt(text.substring(slash + 1)));
    }
}
