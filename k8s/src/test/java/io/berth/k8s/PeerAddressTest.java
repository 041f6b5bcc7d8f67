package io.berth.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, 179",
        "192.0.2.1:1790, 192.0.2.1, 1790",
        "[2001:db8::1], 2001:db8::1, 179",
        "[2001:db8::1]:1790, 2001:db8::1, 1790"
    })
    void portIs179UnlessItIsGiven(String text, String address, int port) {
        assertThat(PeerAddress.parse(text).socket())
                .isEqualTo(new InetSocketAddress(InetAddress.ofLiteral(address), port));
    }

    @Test
    void nameOfThePeerIsWhatWasWritten() {
        assertThat(PeerAddress.parse("192.0.2.1:1790").text()).isEqualTo("192.0.2.1:1790");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":179",
                "router:179",
                "192.0.2:179",
                "192.0.2.1:0",
                "192.0.2.1:65536",
                "192.0.2.1:",
                "2001:db8::1"
            })
    void anythingElseIsRefusedByItsText(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PeerAddress.parse(text));
    }
}
