package io.berth.k8s.lint;

import static io.berth.k8s.allocation.Given.namespace;
import static io.berth.k8s.allocation.Given.pool;
import static io.berth.k8s.allocation.Given.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.resource.Warning.Reason;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PoolLintsTest {

    private static final String TEAM_A = namespace("team-a", "");

    @Nested
    class NamespaceNotFound {

        @Test
        void isAboutNamespacesThatNoManifestKnows() {
            assertThat(Found.one(
                            Reason.NAMESPACE_NOT_FOUND, TEAM_A, pool("gold", "10.0.1.0/28", "namespaces: [team-a, x]")))
                    .startsWith("IPAddressPool/gold: spec.serviceAllocation.namespaces: namespace x does not exist,");
        }

        @Test
        void isNotAboutANamespaceThatAServiceLivesIn() {
            assertThat(Found.of(
                            Reason.NAMESPACE_NOT_FOUND,
                            service("team-b/web"),
                            pool("gold", "10.0.1.0/28", "namespaces: [team-b]")))
                    .isEmpty();
        }

        @Test
        void isNotSaidWhereNoNamespaceIsKnownAtAll() {
            assertThat(Found.of(Reason.NAMESPACE_NOT_FOUND, pool("gold", "10.0.1.0/28", "namespaces: [team-a]")))
                    .isEmpty();
        }

        @Test
        void isSaidOfEveryNameOnce() {
            assertThat(Found.of(Reason.NAMESPACE_NOT_FOUND, TEAM_A, pool("gold", "10.0.1.0/28", "namespaces: [y, x]")))
                    .hasSize(2)
                    .isSorted();
        }
    }

    @Nested
    class SelectorMatchesNothing {

        @Test
        void namesEverythingThatWouldHaveMatched() {
            assertThat(Found.one(Reason.SELECTOR_MATCHES_NOTHING, TEAM_A, pool("gold", "10.0.1.0/28", """
                namespaceSelectors: [{matchLabels: {a: b}},
                  {matchExpressions: [{key: c, operator: In, values: [d, e]}]}]
                """)))
                    .contains("no namespace has a=b, or c in (d, e), so nobody draws from the pool");
        }

        @Test
        void leavesThoseThatAreListed() {
            assertThat(Found.one(
                            Reason.SELECTOR_MATCHES_NOTHING,
                            TEAM_A,
                            pool(
                                    "gold",
                                    "10.0.1.0/28",
                                    "namespaces: [team-a], namespaceSelectors: [{matchLabels: {a: b}}]")))
                    .contains("so nobody else draws from the pool");
        }

        @Test
        void isNotSaidWhereOneOfSeveralMatches() {
            assertThat(Found.of(
                            Reason.SELECTOR_MATCHES_NOTHING,
                            namespace("team-a", "a: b"),
                            pool(
                                    "gold",
                                    "10.0.1.0/28",
                                    "namespaceSelectors: [{matchLabels: {x: y}}, {matchLabels: {a: b}}]")))
                    .isEmpty();
        }
    }

    @Nested
    class NoFallbackPool {

        @Test
        void aPoolThatIsOnlyForRequestsIsNone() {
            String onRequest = pool("gold", "10.0.1.0/28", "").replace("spec: {", "spec: {autoAssign: false, ");

            assertThat(Found.one(Reason.NO_FALLBACK_POOL, TEAM_A, onRequest))
                    .startsWith("Namespace/team-a: no pool gives addresses to namespace team-a, which has no labels:");
        }

        @Test
        void isSaidOfANamespaceThatOnlyAServiceKnows() {
            assertThat(Found.one(
                            Reason.NO_FALLBACK_POOL,
                            service("team-b/web"),
                            TEAM_A,
                            pool("gold", "10.0.1.0/28", "namespaces: [team-a]")))
                    .startsWith("Namespace/team-b: ");
        }

        @Test
        void isNotSaidOnceForEachNamespaceWhereThereAreNoPoolsAtAll() {
            assertThat(Found.of(Reason.NO_FALLBACK_POOL, TEAM_A, service("team-a/web")))
                    .isEmpty();
        }
    }

    @Nested
    class SamePriority {

        @Test
        void namesBothPoolsThePriorityAndTheNamespace() {
            assertThat(Found.one(
                            Reason.SAME_PRIORITY,
                            TEAM_A,
                            pool("gold", "10.0.1.0/28", "priority: 5, namespaces: [team-a]"),
                            pool("all", "10.0.2.0/28", "priority: 5")))
                    .startsWith(
                            "IPAddressPool/all: pool gold has the same priority (5) and both admit namespace team-a;"
                                    + " gold comes first here");
        }

        @Test
        void isNoMatterBetweenPoolsThatNeverMeet() {
            assertThat(Found.of(
                            Reason.SAME_PRIORITY,
                            TEAM_A,
                            namespace("team-b", ""),
                            pool("a", "10.0.1.0/28", "priority: 5, namespaces: [team-a]"),
                            pool("b", "10.0.2.0/28", "priority: 5, namespaces: [team-b]")))
                    .isEmpty();
        }

        @Test
        void isNoMatterBetweenPoolsOfDifferentFamilies() {
            assertThat(Found.of(
                            Reason.SAME_PRIORITY,
                            pool("four", "10.0.1.0/28", "priority: 5"),
                            pool("six", "'2001:db8::/120'", "priority: 5")))
                    .isEmpty();
        }

        @Test
        void isNoMatterWhereOneOfThemIsOnlyForRequests() {
            String onRequest = pool("a", "10.0.1.0/28", "priority: 5").replace("spec: {", "spec: {autoAssign: false, ");

            assertThat(Found.of(Reason.SAME_PRIORITY, onRequest, pool("b", "10.0.2.0/28", "priority: 5")))
                    .isEmpty();
        }

        @Test
        void isSaidOfPoolsForEverybodyEvenWithoutNamespaces() {
            assertThat(Found.one(Reason.SAME_PRIORITY, pool("a", "10.0.1.0/28", ""), pool("b", "10.0.2.0/28", "")))
                    .contains("the same priority (none) and both admit every namespace");
        }

        @Test
        void isNoMatterBetweenAPoolWithAScopeAndOneWithout() {
            assertThat(Found.of(
                            Reason.SAME_PRIORITY,
                            TEAM_A,
                            pool("a", "10.0.1.0/28", "namespaces: [team-a]"),
                            pool("b", "10.0.2.0/28", "")))
                    .isEmpty();
        }

        @Test
        void isSaidOfEveryPair() {
            assertThat(Found.of(
                            Reason.SAME_PRIORITY,
                            pool("a", "10.0.1.0/28", "priority: 5"),
                            pool("b", "10.0.2.0/28", "priority: 5"),
                            pool("c", "10.0.3.0/28", "priority: 5")))
                    .hasSize(3);
        }
    }

    @Test
    void overlappingPoolsAreReportedByAProcessThatRuns() {
        assertThat(Found.one(
                        Reason.OVERLAPPING_POOLS, pool("a", "10.0.1.0/28", ""), pool("b", "10.0.1.8-10.0.1.20", "")))
                .isEqualTo("IPAddressPool/b: spec.addresses: '10.0.1.8-10.0.1.20' overlaps with '10.0.1.0/28' of"
                        + " IPAddressPool/a");
    }

    @Test
    void whatCameToLightWhileReadingIsAmongTheWarnings() {
        assertThat(Found.of(Reason.HOST_BITS_SET, pool("a", "10.0.1.1/28", ""))).hasSize(1);
        assertThat(Found.of(Reason.UNKNOWN_FIELD, pool("a", "10.0.1.0/28", "name: x")))
                .hasSize(1);
        assertThat(Found.of(
                        Reason.UNSUPPORTED_KIND,
                        "apiVersion: metallb.io/v1beta1\nkind: L2Advertisement\nmetadata: {name: l2}\n"))
                .hasSize(1);
    }
}
