package io.berth.k8s.resource;

import static io.berth.k8s.resource.Manifest.decode;
import static io.berth.k8s.resource.Manifest.errors;
import static io.berth.k8s.resource.Manifest.valid;
import static io.berth.k8s.resource.Manifest.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.allocator.AddressRange;
import io.berth.allocator.Fence;
import io.berth.allocator.Quota;
import io.berth.allocator.Scope;
import io.berth.allocator.Terms;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BerthAnnotationsTest {

    private static String namespace(String annotations) {
        return """
            apiVersion: v1
            kind: Namespace
            metadata: {name: team-a, labels: {tier: gold}, annotations: {%s}}
            """.formatted(annotations);
    }

    private static String pool(String annotations) {
        return """
            apiVersion: metallb.io/v1beta1
            kind: IPAddressPool
            metadata: {name: gold, annotations: {%s}}
            spec: {addresses: [10.0.1.0/28]}
            """.formatted(annotations);
    }

    @Test
    void aNamespaceWithoutAnnotationsIsNeitherFencedNorLimited() {
        assertThat(valid(Namespace.class, namespace("")).tenant().fence()).isEqualTo(new Fence.Open());
        assertThat(valid(Namespace.class, namespace("")).tenant().quota()).isEqualTo(new Quota.Unlimited());
    }

    @Test
    void aNamespaceNamesItsPoolsInOrderAndItsQuota() {
        Namespace namespace = valid(
                Namespace.class, namespace("berth.io/pools: 'team-a-ips, shared-ips', berth.io/address-quota: '8'"));

        assertThat(namespace.fence()).isEqualTo(new Fence.Around(List.of("team-a-ips", "shared-ips")));
        assertThat(namespace.quota()).isEqualTo(new Quota.AtMost(8));
    }

    @Test
    void aPoolSaysHowItGivesOutItsAddresses() {
        IPAddressPool pool = valid(IPAddressPool.class, pool("""
            berth.io/overflow: deny, berth.io/namespace-quota: '4', berth.io/hold-released: 24h,
            berth.io/exclude: '10.0.1.1,10.0.1.14-10.0.1.15, 10.0.1.4/31'
            """));

        assertThat(pool.pool().terms())
                .isEqualTo(new Terms(
                        List.of(
                                AddressRange.parse("10.0.1.1-10.0.1.1"),
                                AddressRange.parse("10.0.1.14-10.0.1.15"),
                                AddressRange.parse("10.0.1.4/31")),
                        new Quota.AtMost(4),
                        Terms.Overflow.DENIED,
                        Duration.ofHours(24)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "berth.io/pools | '' | must be a list of pools such as",
                "berth.io/pools | a,,b | must be a list of pools such as",
                "berth.io/pools | a,a | names a pool twice",
                "berth.io/address-quota | many | must be a whole number",
                "berth.io/address-quota | -1 | must be a whole number",
                "berth.io/address-quota | '' | must be a whole number",
            })
    void anAnnotationOfANamespaceThatDoesNotParseIsAnErrorThatNamesIt(String key, String value, String problem) {
        assertThat(errors(namespace(key + ": '" + value + "'")))
                .singleElement()
                .asString()
                .startsWith("file.yaml: Namespace/team-a: annotation " + key + ": " + problem)
                .endsWith("got '" + value + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "berth.io/overflow | no | must be \"allow\" or \"deny\"",
                "berth.io/namespace-quota | 4 each | must be a whole number",
                "berth.io/hold-released | a day | must be a duration such as",
                "berth.io/hold-released | -1h | must be a duration such as",
                "berth.io/exclude | gateway | is not an IP address",
                "berth.io/exclude | 10.0.1.1,, | must be addresses and ranges such as",
                "berth.io/exclude | 10.0.1.9-10.0.1.1 | range ends before it begins",
            })
    void anAnnotationOfAPoolThatDoesNotParseIsAnErrorThatNamesIt(String key, String value, String problem) {
        assertThat(errors(pool(key + ": '" + value + "'")))
                .singleElement()
                .asString()
                .startsWith("file.yaml: IPAddressPool/gold: annotation " + key + ": ")
                .contains(problem)
                .endsWith("got '" + value + "'");
    }

    @Test
    void aNamespaceThatCannotBeReadIsShutInByWhatItMeant() {
        Decoded decoded = decode(namespace("berth.io/pools: '', berth.io/address-quota: lots"));

        assertThat(((Decoded.Shut) decoded).standIn()).isInstanceOfSatisfying(Namespace.class, namespace -> {
            assertThat(namespace.fence()).isEqualTo(new Fence.Unreadable());
            assertThat(namespace.quota()).isEqualTo(new Quota.Unreadable());
            assertThat(namespace.tenant().labels()).containsEntry("tier", "gold");
        });
    }

    @Test
    void whatWasGoodBeforeStandsInForTheAnnotationAloneAndNewLabelsCount() {
        Namespace before = valid(Namespace.class, namespace("berth.io/pools: old, berth.io/address-quota: '3'"));
        Decoded.Shut now = (Decoded.Shut) decode(
                namespace("berth.io/pools: new, berth.io/address-quota: lots").replace("tier: gold", "tier: lead"));

        assertThat(now.afterwards(before)).isInstanceOfSatisfying(Namespace.class, namespace -> {
            assertThat(namespace.fence()).isEqualTo(new Fence.Around(List.of("new")));
            assertThat(namespace.quota()).isEqualTo(new Quota.AtMost(3));
            assertThat(namespace.meta().labels()).containsEntry("tier", "lead");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "berth.io/address-quota: 8, berth.io/pools: gold",
                "berth.io/address-quota: null, berth.io/pools: gold"
            })
    void anAnnotationThatIsNoTextIsUnreadableAndTakesNoOtherWithIt(String annotations) {
        Decoded decoded = decode(namespace(annotations));

        assertThat(((Decoded.Shut) decoded).standIn()).isInstanceOfSatisfying(Namespace.class, namespace -> {
            assertThat(namespace.fence()).isEqualTo(new Fence.Around(List.of("gold")));
            assertThat(namespace.quota()).isEqualTo(new Quota.Unreadable());
        });
    }

    @Test
    void annotationsThatAreNoObjectMayHaveMeantAnything() {
        Decoded decoded = decode(namespace("").replace("annotations: {}", "annotations: [berth.io/pools]"));

        assertThat(((Decoded.Shut) decoded).standIn()).isInstanceOfSatisfying(Namespace.class, namespace -> {
            assertThat(namespace.fence()).isEqualTo(new Fence.Unreadable());
            assertThat(namespace.quota()).isEqualTo(new Quota.Unreadable());
        });
    }

    @Test
    void anotherMistakeInTheMetadataOpensNoFence() {
        Decoded decoded = decode(namespace("berth.io/pools: gold")
                .replace("name: team-a", "name: team-a, creationTimestamp: yesterday"));

        assertThat(((Decoded.Shut) decoded).standIn())
                .isInstanceOfSatisfying(
                        Namespace.class,
                        namespace -> assertThat(namespace.fence()).isEqualTo(new Fence.Around(List.of("gold"))));
    }

    @Test
    void aRestrictionThatIsNewAndCannotBeReadRestrictsAtOnce() {
        Namespace before = valid(Namespace.class, namespace(""));
        Decoded.Shut now = (Decoded.Shut) decode(namespace("berth.io/pools: '', berth.io/address-quota: lots"));

        assertThat(now.afterwards(before)).isInstanceOfSatisfying(Namespace.class, namespace -> {
            assertThat(namespace.fence()).isEqualTo(new Fence.Unreadable());
            assertThat(namespace.quota()).isEqualTo(new Quota.Unreadable());
        });
    }

    @Test
    void aPoolThatWasGoodGivesNothingWhileAnAnnotationCannotBeReadAndGoesOnAfterOtherMistakes() {
        IPAddressPool before = valid(IPAddressPool.class, pool("berth.io/hold-released: 24h"));
        Decoded.Shut annotated = (Decoded.Shut) decode(pool("berth.io/overflow: dney"));
        Decoded.Shut misspelt = (Decoded.Shut) decode(pool("").replace("10.0.1.0/28", "10.0.1.0/99"));

        assertThat(annotated.afterwards(before)).isInstanceOfSatisfying(IPAddressPool.class, pool -> {
            assertThat(pool.pool().scope()).isEqualTo(new Scope.Closed());
            assertThat(pool.pool().terms().holdReleased()).isEqualTo(Duration.ofHours(24));
        });
        assertThat(misspelt.afterwards(before)).isEqualTo(before);
    }

    @Test
    void aPoolThatCannotBeReadKeepsItsAddressesAndGivesNone() {
        Decoded decoded = decode(pool("berth.io/overflow: perhaps"));

        assertThat(((Decoded.Shut) decoded).standIn()).isInstanceOfSatisfying(IPAddressPool.class, pool -> {
            assertThat(pool.pool().scope()).isEqualTo(new Scope.Closed());
            assertThat(pool.pool().ranges()).containsExactly(AddressRange.parse("10.0.1.0/28"));
        });
    }

    @Test
    void anAnnotationOfOursThatNobodyKnowsIsReportedWithTheNearestOne() {
        assertThat(warnings(namespace("berth.io/adress-quota: '8', example.com/other: x")))
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.reason()).isEqualTo(Warning.Reason.UNKNOWN_FIELD);
                    assertThat(warning.message())
                            .contains("berth.io/adress-quota", "did you mean berth.io/address-quota?");
                });
        assertThat(warnings(pool("berth.io/pools: gold"))).hasSize(1);
    }
}
