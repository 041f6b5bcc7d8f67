package io.berth.k8s.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.allocator.Address;
import io.berth.allocator.AddressRange;
import io.berth.allocator.ServiceKey;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TenuresTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private static Address address(String text) {
        return Address.of(AddressRange.parseAddress(text));
    }

    private static Tenure current(String service, String address) {
        return new Tenure.Current(ServiceKey.parse(service), address(address));
    }

    private static Tenure released(String service, String address, Instant until) {
        return new Tenure.Released(ServiceKey.parse(service), address(address), until);
    }

    @Test
    void whatIsWrittenIsReadAgainInTheOrderOfTheAddresses() {
        String text = Tenures.text(List.of(
                released("team-a/api", "2001:db8::4", NOON),
                current("team-a/web", "10.0.1.3"),
                released("team-a/old", "10.0.1.2", NOON.plusMillis(1))));

        assertThat(text)
                .isEqualTo("10.0.1.2 team-a/old 2026-01-31T12:00:01Z, 10.0.1.3 team-a/web,"
                        + " 2001:db8::4 team-a/api 2026-01-31T12:00:00Z");
        assertThat(Tenures.text(Tenures.parse(text))).isEqualTo(text);
    }

    @Test
    void aPromiseIsReadAgainWithTheVersionThatItIsFor() {
        Tenure promise = new Tenure.Promised(ServiceKey.parse("team-a/db"), address("10.0.1.5"), "4711");

        assertThat(Tenures.text(List.of(promise))).isEqualTo("10.0.1.5 team-a/db =4711");
        assertThat(Tenures.parse("10.0.1.5 team-a/db =4711")).containsExactly(promise);
    }

    @Test
    void aSignatureStandsInFrontAndIsNoEntry() {
        String signed = Tenures.signed("k3x.17", "10.0.1.3 team-a/web");

        assertThat(signed).isEqualTo("by k3x.17, 10.0.1.3 team-a/web");
        assertThat(Tenures.signature(signed)).isEqualTo("k3x.17");
        assertThat(Tenures.entries(signed)).isEqualTo("10.0.1.3 team-a/web");
        assertThat(Tenures.parse(signed)).containsExactly(current("team-a/web", "10.0.1.3"));
    }

    @Test
    void aSignatureMayStandAlone() {
        assertThat(Tenures.signed("k3x.17", "")).isEqualTo("by k3x.17");
        assertThat(Tenures.signature("by k3x.17")).isEqualTo("k3x.17");
        assertThat(Tenures.entries("by k3x.17")).isEmpty();
    }

    @Test
    void aTextWithoutASignatureIsAllEntries() {
        assertThat(Tenures.signature("10.0.1.3 team-a/web")).isEmpty();
        assertThat(Tenures.entries("10.0.1.3 team-a/web")).isEqualTo("10.0.1.3 team-a/web");
    }

    @Test
    void nothingIsTheEmptyText() {
        assertThat(Tenures.text(List.of())).isEmpty();
        assertThat(Tenures.parse("")).isEmpty();
    }

    @Test
    void entriesThatNobodyHereWroteArePassedOver() {
        assertThat(Tenures.parse("hello, 10.0.1.3, 10.0.1.4 team-a/web, 10.0.1.5 team-a/x soon, 10.0.1 a/b, ,"))
                .containsExactly(current("team-a/web", "10.0.1.4"));
    }

    @Test
    void whereAPoolHasTooMuchToSayThePromisesThatLastLongestAreKept() {
        String longest = "n".repeat(63);
        List<Tenure> many = IntStream.range(0, 3000)
                .mapToObj(i -> i % 2 == 0
                        ? current(longest + "/s" + i, "10.0." + i / 256 + "." + i % 256)
                        : released(longest + "/s" + i, "10.0." + i / 256 + "." + i % 256, NOON.plusSeconds(i)))
                .toList();
        List<Tenure> said = Tenures.parse(Tenures.text(many));

        assertThat(Tenures.text(many).length()).isLessThanOrEqualTo(Tenures.MOST_CHARACTERS);
        assertThat(said)
                .hasSizeLessThan(3000)
                .containsAll(
                        many.stream().filter(Tenure.Released.class::isInstance).toList());
    }
}
