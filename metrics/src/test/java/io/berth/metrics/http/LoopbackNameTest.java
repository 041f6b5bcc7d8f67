package io.berth.metrics.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackNameTest {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.1:7472",
                "localhost",
                "LocalHost:7472",
                "berth.localhost",
                "[::1]",
                "[::1]:7472",
                "10.0.0.7"
            })
    void addressesAndLocalhostAreOurs(String host) {
        assertThat(LoopbackName.isAnothers(LOOPBACK, List.of(host))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attacker.example",
                "attacker.example:7472",
                "localhost.attacker.example",
                "notlocalhost",
                "",
                ":7472",
                "[attacker.example]:7472"
            })
    void everyOtherNameIsAnothersOverLoopback(String host) {
        assertThat(LoopbackName.isAnothers(LOOPBACK, List.of(host))).isTrue();
        assertThat(LoopbackName.isAnothers(InetAddress.ofLiteral("::1"), List.of(host)))
                .isTrue();
    }

    @Test
    void oneForeignNameAmongSeveralIsEnough() {
        assertThat(LoopbackName.isAnothers(LOOPBACK, List.of("localhost", "attacker.example")))
                .isTrue();
    }

    @Test
    void whoNamesNobodyIsNoBrowser() {
        assertThat(LoopbackName.isAnothers(LOOPBACK, List.of())).isFalse();
    }

    @Test
    void overTheNetworkAnyNameWillDo() {
        assertThat(LoopbackName.isAnothers(InetAddress.ofLiteral("10.0.0.7"), List.of("berth.metallb-system.svc")))
                .isFalse();
    }
}
