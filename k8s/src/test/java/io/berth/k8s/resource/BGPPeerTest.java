package io.berth.k8s.resource;

import static io.berth.k8s.resource.Manifest.errors;
import static io.berth.k8s.resource.Manifest.valid;
import static io.berth.k8s.resource.Manifest.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.bgp.HoldTime;
import io.berth.k8s.resource.BGPPeer.Multihop;
import io.berth.k8s.resource.BGPPeer.Password;
import io.berth.k8s.resource.Warning.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BGPPeerTest {

    private static final String LEAST = "myASN: 64512, peerASN: 64513, peerAddress: 192.0.2.1";

    private static String manifest(String spec) {
        return Manifest.metallb("BGPPeer", "tor", spec).replace("v1beta1", "v1beta2");
    }

    private static BGPPeer peer(String more) {
        return valid(BGPPeer.class, manifest(LEAST + more));
    }

    private static String onlyError(String spec) {
        List<String> errors = errors(manifest(spec));
        assertThat(errors).hasSize(1);
        return errors.getFirst();
    }

    @Test
    void defaultsAreThoseOfMetalLB() {
        BGPPeer peer = peer("");

        assertThat(peer.myAsn()).isEqualTo(64512);
        assertThat(peer.peerAsn()).isEqualTo(64513);
        assertThat(peer.peerAddress()).isEqualTo("192.0.2.1");
        assertThat(peer.peerPort()).isEqualTo(179);
        assertThat(peer.sourceAddress()).isEmpty();
        assertThat(peer.routerId()).isEmpty();
        assertThat(peer.holdTime()).isEqualTo(new HoldTime(90));
        assertThat(peer.multihop()).isEqualTo(Multihop.DIRECT);
        assertThat(peer.password()).isEqualTo(new Password.None());
        assertThat(peer.bfdProfile()).isEmpty();
        assertThat(peer.notServed()).isEmpty();
        assertThat(peer.selectsNode(Map.of())).isTrue();
        assertThat(peer.isInternal()).isFalse();
    }

    @Test
    void theOlderVersionIsReadIntoTheSameForm() {
        String older = Manifest.metallb(
                "BGPPeer",
                "tor",
                LEAST
                        + ", peerPort: 0, nodeSelectors: [{matchExpressions: [{key: rack, operator: In, values:"
                        + " [r1]}]}]");

        BGPPeer peer = valid(BGPPeer.class, older);

        assertThat(peer.peerPort()).isEqualTo(179);
        assertThat(peer.selectsNode(Map.of("rack", "r1"))).isTrue();
        assertThat(peer.selectsNode(Map.of("rack", "r2"))).isFalse();
    }

    @Test
    void asNumbersHaveFourOctets() {
        BGPPeer peer = valid(BGPPeer.class, manifest("myASN: 4294967295, peerASN: 4294967295, peerAddress: 192.0.2.1"));

        assertThat(peer.isInternal()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        myASN: 0, peerASN: 1, peerAddress: 192.0.2.1          | spec.myASN: must be 1 to 4294967295, got 0
        myASN: 1, peerASN: 4294967296, peerAddress: 192.0.2.1 | spec.peerASN: must be 1 to 4294967295, got 4294967296
        myASN: 1, peerAddress: 192.0.2.1                      | spec.peerASN: must be 1 to 4294967295, got 0
        myASN: 'x', peerASN: 1, peerAddress: 192.0.2.1        | spec.myASN: must be a whole number, got 'x'
        myASN: 1, peerASN: 1                                  | spec.peerAddress: exactly one of peerAddress
        myASN: 1, peerASN: 1, peerAddress: 192.0.2.1, interface: eth0 | spec.peerAddress: exactly one of peerAddress
        myASN: 1, peerASN: 1, peerAddress: tor.example        | spec.peerAddress: must be an IP address, got 'tor.example'
        myASN: 1, peerASN: 1, peerAddress: 0.0.0.0            | spec.peerAddress: must be the address of a host
        """)
    void withoutAnAddressAndTwoAsNumbersThereIsNoPeer(String spec, String problem) {
        assertThat(errors(manifest(spec)))
                .anySatisfy(line ->
                        assertThat(line).startsWith("file.yaml: BGPPeer/tor: ").contains(problem));
    }

    @Test
    void peerAsIsANumberOrAKindOfNumberButNotBoth() {
        assertThat(onlyError(LEAST + ", dynamicASN: external"))
                .contains("spec.peerASN: exactly one of peerASN and dynamicASN must be set");
        assertThat(onlyError("myASN: 64512, peerAddress: 192.0.2.1, dynamicASN: any"))
                .contains("spec.dynamicASN: must be internal or external, got 'any'");
        assertThat(valid(BGPPeer.class, manifest("myASN: 64512, peerAddress: 192.0.2.1, dynamicASN: external"))
                        .notServed())
                .containsExactly(UnservedOption.DYNAMIC_ASN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        peerPort: 65536            | spec.peerPort: must be 1 to 65535, got 65536
        peerPort: -1               | spec.peerPort: must be 1 to 65535, got -1
        sourceAddress: here        | spec.sourceAddress: must be an IP address, got 'here'
        sourceAddress: ' 192.0.2.2' | spec.sourceAddress: must be an IP address, got ' 192.0.2.2'
        sourceAddress: 192.0.2     | spec.sourceAddress: must be an IP address, got '192.0.2'
        routerID: '2001:db8::1'    | spec.routerID: must be a non-zero dotted quad, got '2001:db8::1'
        routerID: 0.0.0.0          | spec.routerID: must be a non-zero dotted quad, got '0.0.0.0'
        holdTime: 2s               | spec.holdTime: must be 0s or 3s to 65535s, got 2s
        holdTime: 65536s           | spec.holdTime: must be 0s or 3s to 65535s, got 65536s
        holdTime: 500ms            | spec.holdTime: must be 0s or 3s to 65535s, got 500ms
        holdTime: 90               | spec.holdTime: must be a text (put it in quotes), got '90'
        holdTime: 90 seconds       | spec.holdTime: must be a duration such as 90s or 1m30s, got '90 seconds'
        holdTime: -90s             | spec.holdTime: must be a duration such as 90s or 1m30s, got '-90s'
        holdTime: 9s, keepaliveTime: 10s | spec.keepaliveTime: must not be longer than the hold time of 9s, got 10s
        connectTime: 0s            | spec.connectTime: must be 1s to 65535s, got 0s
        ebgpMultiHop: 'yes'        | spec.ebgpMultiHop: must be true or false, got 'yes'
        """)
    void aValueOutOfItsRangeIsNamed(String option, String problem) {
        assertThat(onlyError(LEAST + ", " + option)).isEqualTo("file.yaml: BGPPeer/tor: " + problem);
    }

    @ParameterizedTest
    @CsvSource({"0s,0", "'0',0", "3s,3", "1m30s,90", "1.5m,90", "0.001h,3", "3000ms,3"})
    void durationsAreWrittenAsGoWritesThem(String written, int seconds) {
        assertThat(peer(", holdTime: '" + written + "'").holdTime().seconds()).isEqualTo(seconds);
    }

    @Test
    void theHoldTimeIsThreeTimesTheKeepaliveTimeWhereOnlyThatIsGiven() {
        BGPPeer peer = peer(", keepaliveTime: 10s");

        assertThat(peer.holdTime()).isEqualTo(new HoldTime(30));
        assertThat(peer.notServed()).isEmpty();
    }

    @Test
    void aKeepaliveTimeThatIsNoThirdOfTheHoldTimeIsReported() {
        assertThat(peer(", holdTime: 90s, keepaliveTime: 30s").notServed()).isEmpty();
        assertThat(peer(", holdTime: 90s, keepaliveTime: 5s").notServed())
                .containsExactly(UnservedOption.KEEPALIVE_TIME);
    }

    @Test
    void connectTimeAndMultihopAreRead() {
        BGPPeer peer = peer(", connectTime: 1m, ebgpMultiHop: true");

        assertThat(peer.connectTime()).isEqualTo(Duration.ofMinutes(1));
        assertThat(peer.multihop()).isEqualTo(Multihop.MULTIHOP);
    }

    @Test
    void aPeerInOurOwnAsIsNotSaidToBeFarAway() {
        assertThat(onlyError("myASN: 64512, peerASN: 64512, peerAddress: 192.0.2.1, ebgpMultiHop: true"))
                .endsWith("spec.ebgpMultiHop: must not be true for a peer in our own AS");
    }

    @Test
    void whatIsWrongWithAFieldThatIsReadTwiceIsSaidOnce() {
        assertThat(onlyError(LEAST + ", keepaliveTime: often"))
                .endsWith("spec.keepaliveTime: must be a duration such as 90s or 1m30s, got 'often'");
    }

    @Test
    void aSecretIsLookedForBesideThePeerUnlessItSaysWhere() {
        assertThat(peer(", passwordSecret: {name: tor}").password())
                .isEqualTo(new Password.InSecret("metallb-system", "tor"));
        assertThat(peer(", passwordSecret: {name: tor, namespace: routers}").password())
                .isEqualTo(new Password.InSecret("routers", "tor"));
    }

    @Test
    void anEmptyPasswordSecretIsNone() {
        assertThat(peer(", passwordSecret: {}").password()).isEqualTo(new Password.None());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{namespace: metallb-system}", "{secretName: tor}", "{name: ''}", "tor"})
    void aPasswordSecretThatNamesNoneNeverMeansASessionWithout(String reference) {
        assertThat(onlyError(LEAST + ", passwordSecret: " + reference)).contains("spec.passwordSecret");
    }

    @Test
    void aPasswordIsInOnePlaceOnly() {
        assertThat(onlyError(LEAST + ", password: s3cret, passwordSecret: {name: tor}"))
                .contains("spec.password: only one of password and passwordSecret may be set")
                .doesNotContain("s3cret");
    }

    @Test
    void aPasswordIsNeverPrinted() {
        assertThat(peer(", password: s3cret").toString()).doesNotContain("s3cret");
        assertThat(onlyError(LEAST + ", password: 123456"))
                .contains("spec.password: must be a text (put it in quotes)")
                .doesNotContain("123456");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        vrf: red                     | spec.vrf
        localASN: 64999              | spec.localASN
        bfdProfile: fast             | spec.bfdProfile
        enableGracefulRestart: true  | spec.enableGracefulRestart
        """)
    void whatIsNotServedIsNotedAndIsNoUnknownField(String option, String field) {
        assertThat(peer(", " + option).notServed())
                .extracting(UnservedOption::toString)
                .containsExactly(field);
        assertThat(warnings(manifest(LEAST + ", " + option))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"enableGracefulRestart: false", "disableMP: false", "vrf: ''"})
    void whatIsSwitchedOffIsNotMissed(String option) {
        assertThat(peer(", " + option).notServed()).isEmpty();
    }

    @Test
    void sessionsOfOneFamilyEachAreWhatEveryPeerGets() {
        assertThat(peer(", disableMP: true")).isEqualTo(peer(""));
        assertThat(warnings(manifest(LEAST + ", disableMP: true"))).isEmpty();
        assertThat(onlyError(LEAST + ", disableMP: often")).contains("spec.disableMP: must be true or false");
    }

    @Test
    void aSessionCarriesTheRoutesOfBothFamiliesWhereThatIsAskedFor() {
        assertThat(peer("").addressFamilies()).isEqualTo(BGPPeer.AddressFamilies.OF_THE_SESSION);
        assertThat(peer(", dualStackAddressFamily: true").addressFamilies()).isEqualTo(BGPPeer.AddressFamilies.BOTH);
        assertThat(peer(", dualStackAddressFamily: true, disableMP: true"))
                .isEqualTo(peer(", dualStackAddressFamily: true"));
    }

    @Test
    void anUnknownFieldIsReportedWithItsPathAndTheNearestThatIsKnown() {
        assertThat(warnings(manifest(LEAST + ", peerAdress: 192.0.2.1")))
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.reason()).isEqualTo(Reason.UNKNOWN_FIELD);
                    assertThat(warning.message())
                            .isEqualTo("spec.peerAdress is no field that Berth or MetalLB knows (did you mean"
                                    + " peerAddress?); it has no effect, so correct or remove it");
                });
    }
}
