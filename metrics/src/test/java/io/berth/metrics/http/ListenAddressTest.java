package io.berth.metrics.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:7472, 127.0.0.1, 7472",
        "192.0.2.7:1, 192.0.2.7, 1",
        "[::1]:7472, ::1, 7472",
        "[2001:db8::7]:65535, 2001:db8::7, 65535",
        "[::]:0, ::, 0"
    })
    void addressAndPortAreTakenAsWritten(String text, String address, int port) {
        assertThat(ListenAddress.parse(text)).isEqualTo(new InetSocketAddress(InetAddress.ofLiteral(address), port));
    }

    @Test
    void noAddressIsEveryAddressOfTheMachine() {
        assertThat(ListenAddress.parse(":7472").getAddress().isAnyLocalAddress())
                .isTrue();
        assertThat(ListenAddress.parse(":7472").getPort()).isEqualTo(7472);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7472",
                "127.0.0.1",
                "127.0.0.1:",
                "127.0.0.1:http",
                "127.0.0.1:65536",
                "127.0.0.1:-1",
                "127.0.0.1:747200",
                "300.0.0.1:7472",
                "127.1:7472 ",
                "::1:7472",
                "[127.0.0.1]:7472",
                "[]:7472",
                "[::1]7472",
                "[::g]:7472"
            })
    void anythingElseIsRefusedNamingTheText(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ListenAddress.parse(text))
                .withMessageStartingWith("'" + text + "' is not an address to listen on");
    }

    @Test
    void namesAreNeverLookedUp() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ListenAddress.parse("berth.example.com:7472"))
                .withMessageContaining("berth.example.com:7472");
    }
}
