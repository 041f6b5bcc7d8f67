package io.berth.k8s.resource;

import static io.berth.k8s.resource.Manifest.errors;
import static io.berth.k8s.resource.Manifest.reasons;
import static io.berth.k8s.resource.Manifest.valid;
import static io.berth.k8s.resource.Manifest.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.allocator.AddressRange;
import io.berth.allocator.Pool;
import io.berth.allocator.Pool.AutoAssign;
import io.berth.allocator.Pool.BuggyIps;
import io.berth.allocator.Requirement;
import io.berth.allocator.Scope;
import io.berth.allocator.Selector;
import io.berth.allocator.Terms;
import io.berth.k8s.resource.Warning.Reason;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IPAddressPoolTest {

    private static Pool pool(String spec) {
        return valid(IPAddressPool.class, manifest(spec)).pool();
    }

    private static String manifest(String spec) {
        return Manifest.metallb("IPAddressPool", "gold", spec);
    }

    private static String scoped(String allocation) {
        return manifest("addresses: [10.0.1.0/28], serviceAllocation: {" + allocation + "}");
    }

    @Test
    void defaultsAreThoseOfMetalLB() {
        assertThat(pool("addresses: [10.0.1.0/28]"))
                .isEqualTo(new Pool(
                        "gold",
                        List.of(AddressRange.parse("10.0.1.0/28")),
                        AutoAssign.ENABLED,
                        BuggyIps.GIVEN,
                        new Scope.Open(),
                        Terms.NONE));
    }

    @Test
    void everyFieldHasItsPlace() {
        assertThat(pool("""
            addresses: [10.0.1.0/28, '10.0.2.1 - 10.0.2.9', '2001:db8::/120'],
            autoAssign: false,
            avoidBuggyIPs: true,
            serviceAllocation: {
              priority: 7,
              namespaces: [team-a, team-b],
              namespaceSelectors: [{matchLabels: {environment: production}}],
              serviceSelectors: [{matchExpressions: [{key: tier, operator: In, values: [gold, silver]}]}]}
            """))
                .isEqualTo(new Pool(
                        "gold",
                        List.of(
                                AddressRange.parse("10.0.1.0/28"),
                                AddressRange.parse("10.0.2.1 - 10.0.2.9"),
                                AddressRange.parse("2001:db8::/120")),
                        AutoAssign.DISABLED,
                        BuggyIps.AVOIDED,
                        new Scope.Pinned(
                                7,
                                Set.of("team-a", "team-b"),
                                List.of(new Selector(List.of(new Requirement.In("environment", Set.of("production"))))),
                                List.of(new Selector(List.of(new Requirement.In("tier", Set.of("gold", "silver")))))),
                        Terms.NONE));
    }

    @Test
    void anEmptyServiceAllocationPinsThePoolToEverybody() {
        assertThat(pool("addresses: [10.0.1.0/28], serviceAllocation: {}").scope())
                .isEqualTo(new Scope.Pinned(0, Set.of(), List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "all", "[team-a]", "5"})
    void aServiceAllocationThatIsNoObjectNeverOpensThePool(String allocation) {
        assertThat(errors(manifest("addresses: [10.0.1.0/28], serviceAllocation: " + allocation)))
                .singleElement()
                .asString()
                .startsWith("file.yaml: IPAddressPool/gold: spec.serviceAllocation: must be an object");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        10.0.1.0/33         | prefix length must be 0 to 32
        10.0.1.0            | must be a CIDR
        10.0.1.9-10.0.1.1   | range ends before it begins
        10.0.1.1-2001:db8:: | range mixes IPv4 and IPv6
        10.0.1.300/24       | is not an IP address
        010.0.1.0/24        | is not an IP address
        gold                | must be a CIDR
        """)
    void anEntryThatIsNoRangeIsNamedWithItsPlace(String entry, String problem) {
        assertThat(errors(manifest("addresses: [10.0.9.0/28, '" + entry + "']")))
                .singleElement()
                .asString()
                .startsWith("file.yaml: IPAddressPool/gold: spec.addresses[1]: ")
                .contains(problem)
                .endsWith("got '" + entry + "'");
    }

    @Test
    void everyBadEntryHasItsLine() {
        assertThat(errors(manifest("addresses: [bad, 10.0.1.0/28, worse]")))
                .satisfiesExactly(
                        line -> assertThat(line).contains("spec.addresses[0]").contains("'bad'"),
                        line -> assertThat(line).contains("spec.addresses[2]").contains("'worse'"));
    }

    @Test
    void aPoolWithoutAddressesIsAnError() {
        assertThat(errors(manifest("")))
                .containsExactly("file.yaml: IPAddressPool/gold: spec.addresses: must list at least one CIDR or range");
    }

    @Test
    void hostBitsAreMaskedWithAWarning() {
        String manifest = manifest("addresses: [10.20.30.40/24]");

        assertThat(valid(IPAddressPool.class, manifest).pool().ranges())
                .singleElement()
                .satisfies(range -> assertThat(range.first()).hasToString("10.20.30.0"));
        assertThat(warnings(manifest)).singleElement().satisfies(warning -> {
            assertThat(warning.reason()).isEqualTo(Reason.HOST_BITS_SET);
            assertThat(warning.object()).isEqualTo("IPAddressPool/gold");
            assertThat(warning.message())
                    .contains("spec.addresses[0]", "'10.20.30.40/24'", "10.20.30.0 to 10.20.30.255");
        });
    }

    @Test
    void aNegativePriorityIsAnError() {
        assertThat(errors(scoped("priority: -1")))
                .containsExactly("file.yaml: IPAddressPool/gold: spec.serviceAllocation.priority: must not be negative,"
                        + " got -1");
    }

    @Test
    void aNamespaceThatIsListedTwiceIsAnError() {
        assertThat(errors(scoped("namespaces: [team-a, team-a]")))
                .containsExactly("file.yaml: IPAddressPool/gold: spec.serviceAllocation.namespaces: lists a namespace"
                        + " twice, got [team-a, team-a]");
    }

    @Test
    void namespacesMustBeAList() {
        assertThat(errors(scoped("namespaces: team-a")))
                .containsExactly("file.yaml: IPAddressPool/gold: spec.serviceAllocation.namespaces: must be a list,"
                        + " got 'team-a'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "addresses: [10.0.1.0/28], autoAsign: false",
                "addresses: [10.0.1.0/28], serviceAllocation: {namespace: [team-a]}",
                "addresses: [10.0.1.0/28], serviceAllocation: {namespaceSelectors: [{labels: {a: b}}]}"
            })
    void aFieldThatIsMistypedIsReportedAtAnyDepth(String spec) {
        assertThat(reasons(manifest(spec))).containsExactly(Reason.UNKNOWN_FIELD);
    }

    @Test
    void statusThatMetalLBWroteIsNoUnknownField() {
        assertThat(warnings(manifest("addresses: [10.0.1.0/28]") + "status: {assignedIPv4: 1}\n"))
                .isEmpty();
    }
}
