package io.berth.k8s.lint;

import static io.berth.k8s.allocation.Given.namespace;
import static io.berth.k8s.allocation.Given.pool;
import static io.berth.k8s.allocation.Given.service;
import static io.berth.k8s.lint.Found.fenced;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.resource.Warning.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class FallbackLintsTest {

    private static final String TEAM_A = namespace("team-a", "");

    private static final String EVERYBODY = pool("all", "10.0.2.0/28", "priority: 100");

    private static List<String> forgotten(String... manifests) {
        return Found.of(Reason.NO_FALLBACK_POOL, manifests);
    }

    private static String onRequest(String pool) {
        return pool.replace("spec: {", "spec: {autoAssign: false, ");
    }

    @Test
    void aNamespaceThatNoPoolAdmitsIsToldWhatWouldHelp() {
        assertThat(forgotten(TEAM_A, pool("gold", "10.0.1.0/28", "namespaces: [team-b]")))
                .containsExactly("Namespace/team-a: no pool gives addresses to namespace team-a, which has no labels:"
                        + " its services of type LoadBalancer stay pending; list it in a pool, label it, or add a pool"
                        + " for everybody with a high priority number");
    }

    @Test
    void aPoolForEverybodyIsEnough() {
        assertThat(forgotten(TEAM_A, EVERYBODY)).isEmpty();
        assertThat(forgotten(TEAM_A, pool("all", "10.0.2.0/28", ""))).isEmpty();
    }

    @Test
    void aPoolThatListsItOrSelectsItIsEnough() {
        assertThat(forgotten(TEAM_A, pool("gold", "10.0.1.0/28", "namespaces: [team-a]")))
                .isEmpty();
        assertThat(forgotten(
                        namespace("team-a", "tier: gold"),
                        pool("gold", "10.0.1.0/28", "namespaceSelectors: [{matchLabels: {tier: gold}}]")))
                .isEmpty();
    }

    @Test
    void aPoolThatIsOnlyForRequestsIsNone() {
        assertThat(forgotten(TEAM_A, onRequest(EVERYBODY))).hasSize(1);
    }

    @Test
    void aNamespaceThatOnlyAServiceKnowsIsOne() {
        assertThat(forgotten(service("team-b/web"), TEAM_A, pool("gold", "10.0.1.0/28", "namespaces: [team-a]")))
                .singleElement()
                .asString()
                .startsWith("Namespace/team-b: ");
    }

    @Test
    void whereThereAreNoPoolsAtAllItIsNotSaidOnceForEachNamespace() {
        assertThat(forgotten(TEAM_A, service("team-a/web"))).isEmpty();
    }

    @Test
    void aPoolOutsideTheFenceOfANamespaceIsNone() {
        String gold = pool("gold", "10.0.1.0/28", "namespaces: [team-b]");

        assertThat(forgotten(fenced("team-a", "", "gold"), gold, EVERYBODY))
                .containsExactly("Namespace/team-a: no pool gives addresses to namespace team-a, which may draw from"
                        + " gold only (its annotation berth.io/pools) and is admitted by none of them: its services of"
                        + " type LoadBalancer stay pending; name a pool there that admits it, or list it in one of"
                        + " these");
        assertThat(forgotten(fenced("team-a", "", "gold, all"), gold, EVERYBODY))
                .isEmpty();
    }

    @Test
    void aFenceAroundAPoolThatIsOnlyForRequestsLeavesNone() {
        assertThat(forgotten(fenced("team-a", "", "gold"), onRequest(pool("gold", "10.0.1.0/28", "")), EVERYBODY))
                .hasSize(1);
    }

    @Test
    void whatCannotBeReadIsAnErrorAlreadyAndMayBeEnough() {
        String unreadable = pool("gold", "10.0.1.0/28", "priority: -1");

        assertThat(Found.inInvalid(TEAM_A, fenced("team-b", "", "gold"), unreadable))
                .noneMatch(warning -> warning.reason() == Reason.NO_FALLBACK_POOL);
        assertThat(Found.inInvalid(fenced("team-a", "", ""), pool("gold", "10.0.1.0/28", "namespaces: [team-b]")))
                .noneMatch(warning -> warning.object().equals("Namespace/team-a"));
    }
}
