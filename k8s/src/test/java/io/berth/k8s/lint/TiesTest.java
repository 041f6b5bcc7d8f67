package io.berth.k8s.lint;

import static io.berth.k8s.allocation.Given.namespace;
import static io.berth.k8s.allocation.Given.pool;
import static io.berth.k8s.lint.Found.fenced;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.resource.Warning.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class TiesTest {

    private static final String TEAM_A = namespace("team-a", "");

    private static final String FIVE = pool("a", "10.0.1.0/28", "priority: 5");
    private static final String ALSO_FIVE = pool("b", "10.0.2.0/28", "priority: 5");

    private static List<String> ties(String... manifests) {
        return Found.of(Reason.SAME_PRIORITY, manifests);
    }

    @Test
    void bothPoolsThePriorityAndTheNamespaceAreNamed() {
        assertThat(ties(
                        TEAM_A,
                        pool("gold", "10.0.1.0/28", "priority: 5, namespaces: [team-a]"),
                        pool("all", "10.0.2.0/28", "priority: 5")))
                .containsExactly("IPAddressPool/all: pool gold has the same priority (5) and both admit namespace"
                        + " team-a; gold comes first here, elsewhere that is left to chance: give them different"
                        + " priorities");
    }

    @Test
    void poolsThatNeverMeetAreNoTie() {
        assertThat(ties(
                        TEAM_A,
                        namespace("team-b", ""),
                        pool("a", "10.0.1.0/28", "priority: 5, namespaces: [team-a]"),
                        pool("b", "10.0.2.0/28", "priority: 5, namespaces: [team-b]")))
                .isEmpty();
    }

    @Test
    void poolsOfDifferentPrioritiesAreNoTie() {
        assertThat(ties(TEAM_A, FIVE, pool("b", "10.0.2.0/28", "priority: 6"))).isEmpty();
    }

    @Test
    void poolsOfDifferentFamiliesAreNoTie() {
        assertThat(ties(pool("four", "10.0.1.0/28", "priority: 5"), pool("six", "'2001:db8::/120'", "priority: 5")))
                .isEmpty();
        assertThat(ties(
                        pool("four", "10.0.1.0/28", "priority: 5"),
                        pool("six", "'2001:db8::/120'", "priority: 5"),
                        pool("two-six", "'2001:db8::100/120', 10.0.2.0/28", "priority: 5")))
                .singleElement()
                .asString()
                .startsWith("IPAddressPool/two-six: pool four ");
    }

    @Test
    void aPoolThatIsOnlyForRequestsTiesWithNone() {
        assertThat(ties(FIVE.replace("spec: {", "spec: {autoAssign: false, "), ALSO_FIVE))
                .isEmpty();
    }

    @Test
    void poolsForEverybodyTieEvenWhereNoNamespaceIsKnown() {
        assertThat(ties(pool("a", "10.0.1.0/28", ""), pool("b", "10.0.2.0/28", "")))
                .singleElement()
                .asString()
                .contains("the same priority (none) and both admit every namespace");
    }

    @Test
    void aPoolWithAScopeAndOneWithoutAreNoTie() {
        assertThat(ties(TEAM_A, pool("a", "10.0.1.0/28", "namespaces: [team-a]"), pool("b", "10.0.2.0/28", "")))
                .isEmpty();
    }

    @Test
    void aPoolIsToldOnceHoweverManyAreLikeIt() {
        assertThat(ties(FIVE, ALSO_FIVE, pool("c", "10.0.3.0/28", "priority: 5"), pool("d", "10.0.4.0/28", "")))
                .satisfiesExactly(
                        second -> assertThat(second).startsWith("IPAddressPool/b: pool a "),
                        third -> assertThat(third).startsWith("IPAddressPool/c: pool a "));
    }

    @Test
    void theFirstPoolOfTheNamespaceThatTheyShareIsNamed() {
        assertThat(ties(
                        TEAM_A,
                        namespace("team-b", ""),
                        pool("a", "10.0.1.0/28", "priority: 5, namespaces: [team-a]"),
                        pool("b", "10.0.2.0/28", "priority: 5, namespaces: [team-b]"),
                        pool("c", "10.0.3.0/28", "priority: 5, namespaces: [team-b]")))
                .singleElement()
                .asString()
                .startsWith("IPAddressPool/c: pool b has the same priority (5) and both admit namespace team-b;");
    }

    @Test
    void aFenceOrdersThePoolsOfItsNamespace() {
        assertThat(ties(fenced("team-a", "", "b, a"), FIVE, ALSO_FIVE)).isEmpty();
        assertThat(ties(fenced("team-a", "", "b"), FIVE, ALSO_FIVE)).isEmpty();
    }

    @Test
    void besidesANamespaceWithAFenceOthersMayTie() {
        assertThat(ties(
                        fenced("team-a", "", "b, a"),
                        namespace("team-b", ""),
                        FIVE,
                        pool("b", "10.0.2.0/28", "priority: 5, namespaces: [team-a, team-b]")))
                .singleElement()
                .asString()
                .contains("both admit namespace team-b;");
    }

    @Test
    void aPoolThatCannotBeReadTiesWithNone() {
        assertThat(Found.inInvalid(TEAM_A, pool("a", "10.0.1.0/28, x", ""), pool("b", "10.0.2.0/28", "")))
                .noneMatch(warning -> warning.reason() == Reason.SAME_PRIORITY);
    }
}
