package io.berth.k8s.resource;

import static io.berth.k8s.resource.Manifest.errors;
import static io.berth.k8s.resource.Manifest.reasons;
import static io.berth.k8s.resource.Manifest.valid;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.resource.Warning.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BGPAdvertisementTest {

    private static String manifest(String spec) {
        return Manifest.metallb("BGPAdvertisement", "all", spec);
    }

    private static BGPAdvertisement advertisement(String spec) {
        return valid(BGPAdvertisement.class, manifest(spec));
    }

    @Test
    void withoutASpecItAnnouncesEverythingFromEverywhereToEverybody() {
        BGPAdvertisement all = valid(BGPAdvertisement.class, """
            apiVersion: metallb.io/v1beta1
            kind: BGPAdvertisement
            metadata: {name: all}
            """);

        assertThat(all.aggregationLength()).isEqualTo(32);
        assertThat(all.aggregationLengthV6()).isEqualTo(128);
        assertThat(all.localPref()).isZero();
        assertThat(all.communities()).isEmpty();
        assertThat(all.selectsPool("any", Map.of())).isTrue();
        assertThat(all.selectsNode(Map.of())).isTrue();
        assertThat(all.selectsService(Map.of())).isTrue();
        assertThat(all.selectsPeer("any")).isTrue();
    }

    @Test
    void aSpecThatIsMistypedIsReportedSinceItWouldMeanEverything() {
        assertThat(reasons(manifest("ipAddressPools: [gold]").replace("spec:", "specs:")))
                .containsExactly(Reason.UNKNOWN_FIELD);
    }

    @Test
    void poolsAreThoseNamedTogetherWithThoseSelected() {
        BGPAdvertisement some =
                advertisement("ipAddressPools: [gold], ipAddressPoolSelectors: [{matchLabels: {tier: silver}}]");

        assertThat(some.selectsPool("gold", Map.of())).isTrue();
        assertThat(some.selectsPool("other", Map.of("tier", "silver"))).isTrue();
        assertThat(some.selectsPool("other", Map.of("tier", "bronze"))).isFalse();
    }

    @Test
    void poolsThatAreOnlySelectedAreNotAll() {
        BGPAdvertisement some = advertisement("ipAddressPoolSelectors: [{matchLabels: {tier: silver}}]");

        assertThat(some.selectsPool("gold", Map.of())).isFalse();
    }

    @Test
    void nodesServicesAndPeersAreThoseChosen() {
        BGPAdvertisement some = advertisement("""
            nodeSelectors: [{matchLabels: {rack: r1}}, {matchLabels: {rack: r2}}],
            serviceSelectors: [{matchLabels: {app: web}}],
            peers: [tor-1]
            """);

        assertThat(some.selectsNode(Map.of("rack", "r2"))).isTrue();
        assertThat(some.selectsNode(Map.of("rack", "r3"))).isFalse();
        assertThat(some.selectsService(Map.of("app", "web"))).isTrue();
        assertThat(some.selectsService(Map.of())).isFalse();
        assertThat(some.selectsPeer("tor-1")).isTrue();
        assertThat(some.selectsPeer("tor-2")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "64512:100",
                "0:0",
                "65535:65535",
                "large:64512:1:2",
                "large:4294967295:0:0",
                "no-export",
                "no-advertise",
                "an-alias",
                "1st_upstream",
                "transit/eu",
                "Team_A.gold"
            })
    void communitiesAreValuesOrNames(String community) {
        assertThat(advertisement("communities: ['" + community + "']").communities())
                .containsExactly(community);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "65536:1",
                "1:65536",
                "1:2:3",
                "large:1:2",
                "large:4294967296:0:0",
                "large:",
                "64512",
                "two words",
                ":",
                "1:",
                "-1:1",
                ""
            })
    void whatIsNeitherAValueNorAPossibleAliasIsAnError(String community) {
        assertThat(errors(manifest("communities: [64512:1, '" + community + "']")))
                .containsExactly("file.yaml: BGPAdvertisement/all: spec.communities[1]: must be N:N, large:N:N:N, a"
                        + " well-known name or the name of an alias, got '" + community + "'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        aggregationLength: 0    | spec.aggregationLength: must be 1 to 32, got 0
        aggregationLength: 33   | spec.aggregationLength: must be 1 to 32, got 33
        aggregationLengthV6: 0  | spec.aggregationLengthV6: must be 1 to 128, got 0
        aggregationLengthV6: 129 | spec.aggregationLengthV6: must be 1 to 128, got 129
        aggregationLength: 2.5  | spec.aggregationLength: must be a whole number, got '2.5'
        localPref: -1           | spec.localPref: must be 0 to 4294967295, got -1
        localPref: 4294967296   | spec.localPref: must be 0 to 4294967295, got 4294967296
        """)
    void numbersHaveTheirRanges(String field, String problem) {
        assertThat(errors(manifest(field))).containsExactly("file.yaml: BGPAdvertisement/all: " + problem);
    }

    @Test
    void theLimitsThemselvesAreGood() {
        BGPAdvertisement all = advertisement("aggregationLength: 1, aggregationLengthV6: 1, localPref: 4294967295");

        assertThat(all.aggregationLength()).isEqualTo(1);
        assertThat(all.aggregationLengthV6()).isEqualTo(1);
        assertThat(all.localPref()).isEqualTo(4294967295L);
    }

    @Test
    void anAggregateDrawsTheTrafficOfAllServicesSoItIsNotForSomeOfThem() {
        assertThat(errors(manifest("aggregationLength: 24, serviceSelectors: [{matchLabels: {app: web}}]")))
                .containsExactly("file.yaml: BGPAdvertisement/all: spec.serviceSelectors: must be empty with an"
                        + " aggregationLength other than 32 or an aggregationLengthV6 other than 128, got 24 and 128");
        assertThat(advertisement("aggregationLength: 32, serviceSelectors: [{matchLabels: {app: web}}]")
                        .serviceSelectors())
                .hasSize(1);
    }

    @Test
    void aLongerAsPathIsNotServedAndReported() {
        assertThat(reasons(manifest("asPathPrepend: 3"))).containsExactly(Reason.UNSUPPORTED_KIND);
        assertThat(errors(manifest("asPathPrepend: 11")))
                .containsExactly("file.yaml: BGPAdvertisement/all: spec.asPathPrepend: must be 1 to 10, got 11");
    }
}
