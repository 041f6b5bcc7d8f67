package io.berth.k8s.lint;

import static io.berth.k8s.allocation.Given.namespace;
import static io.berth.k8s.allocation.Given.pool;
import static io.berth.k8s.allocation.Given.service;
import static io.berth.k8s.lint.Found.fenced;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.resource.Warning.Reason;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ScopeLintsTest {

    private static final String TEAM_A = namespace("team-a", "");

    @Nested
    class NamespaceNotFound {

        @Test
        void isAboutNamespacesThatNoManifestKnows() {
            assertThat(Found.one(
                            Reason.NAMESPACE_NOT_FOUND, TEAM_A, pool("gold", "10.0.1.0/28", "namespaces: [team-a, x]")))
                    .isEqualTo("IPAddressPool/gold: spec.serviceAllocation.namespaces: namespace x does not exist, so"
                            + " nobody draws from the pool by that name; correct the name or create it");
        }

        @Test
        void suggestsTheNearestThatIsThere() {
            assertThat(Found.one(
                            Reason.NAMESPACE_NOT_FOUND,
                            TEAM_A,
                            namespace("team-b", ""),
                            pool("gold", "10.0.1.0/28", "namespaces: [tema-b]")))
                    .contains("namespace tema-b does not exist (did you mean team-b?), so");
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

        @Test
        void isOneLineWhateverWasWritten() {
            assertThat(Found.one(
                            Reason.NAMESPACE_NOT_FOUND,
                            TEAM_A,
                            pool("gold", "10.0.1.0/28", "namespaces: [\"a\\nINFO forged\\u001b[31m\"]")))
                    .matches("\\P{Cntrl}*");
        }
    }

    @Nested
    class SelectorMatchesNothing {

        private static final String PRODUCTION =
                pool("gold", "10.0.1.0/28", "namespaceSelectors: [{matchLabels: {environment: production}}]");

        @Test
        void namesEverythingThatWouldHaveMatched() {
            assertThat(Found.one(Reason.SELECTOR_MATCHES_NOTHING, TEAM_A, pool("gold", "10.0.1.0/28", """
                namespaceSelectors: [{matchLabels: {a: b}},
                  {matchExpressions: [{key: c, operator: In, values: [d, e]}]}]
                """)))
                    .isEqualTo("IPAddressPool/gold: spec.serviceAllocation.namespaceSelectors: no namespace has a=b, or"
                            + " c in (d, e), so nobody draws from the pool; label the namespaces that should");
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

        @Test
        void suggestsTheLabelThatIsThere() {
            assertThat(Found.one(
                            Reason.SELECTOR_MATCHES_NOTHING, namespace("team-a", "environment: prodution"), PRODUCTION))
                    .contains("no namespace has environment=production (did you mean environment=prodution?), so");
            assertThat(Found.one(
                            Reason.SELECTOR_MATCHES_NOTHING, namespace("team-a", "enviroment: production"), PRODUCTION))
                    .contains("no namespace has environment=production (did you mean enviroment?), so");
        }

        @Test
        void suggestsNothingWhereNoLabelIsLikeIt() {
            assertThat(Found.one(
                            Reason.SELECTOR_MATCHES_NOTHING, namespace("team-a", "environment: staging"), PRODUCTION))
                    .contains("no namespace has environment=production, so");
        }

        @Test
        void isSaidWhereEveryNamespaceThatMatchesDrawsFromOtherPoolsOnly() {
            String silver = pool("silver", "10.0.2.0/28", "");

            assertThat(Found.one(
                            Reason.SELECTOR_MATCHES_NOTHING,
                            fenced("team-a", "environment: production", "silver"),
                            PRODUCTION,
                            silver))
                    .isEqualTo("IPAddressPool/gold: spec.serviceAllocation.namespaceSelectors: every namespace that has"
                            + " environment=production, team-a for one, may draw from other pools only, so nobody draws"
                            + " from the pool; name it in the annotation berth.io/pools of those that should");
            assertThat(Found.of(
                            Reason.SELECTOR_MATCHES_NOTHING,
                            fenced("team-a", "environment: production", "silver, gold"),
                            PRODUCTION,
                            silver))
                    .isEmpty();
            assertThat(Found.of(
                            Reason.SELECTOR_MATCHES_NOTHING,
                            fenced("team-a", "environment: production", "silver"),
                            namespace("team-b", "environment: production"),
                            PRODUCTION,
                            silver))
                    .isEmpty();
        }

        @Test
        void isNotSaidOfANamespaceWhoseFenceCannotBeRead() {
            assertThat(Found.inInvalid(fenced("team-a", "environment: production", ""), PRODUCTION))
                    .noneMatch(warning -> warning.reason() == Reason.SELECTOR_MATCHES_NOTHING);
        }
    }

    @Test
    void aPoolThatCannotBeReadIsNotToldAboutItsScope() {
        String unreadable = pool("gold", "10.0.1.0/28", "priority: -1, namespaces: [team-x]");

        assertThat(Found.inInvalid(TEAM_A, unreadable, pool("all", "10.0.2.0/28", "priority: 1")))
                .extracting(warning -> warning.reason())
                .containsOnly(Reason.POOL_NOT_ADVERTISED);
    }
}
