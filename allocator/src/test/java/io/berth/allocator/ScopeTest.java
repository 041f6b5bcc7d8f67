package io.berth.allocator;

import static io.berth.allocator.Given.inNamespaceWith;
import static io.berth.allocator.Given.label;
import static io.berth.allocator.Given.labelled;
import static io.berth.allocator.Given.namespaces;
import static io.berth.allocator.Given.namespacesWith;
import static io.berth.allocator.Given.priority;
import static io.berth.allocator.Given.service;
import static io.berth.allocator.Given.servicesWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScopeTest {

    private static final Map<String, String> PRODUCTION = Map.of("environment", "production");
    private static final Map<String, String> STAGING = Map.of("environment", "staging");

    @Test
    void withoutServiceAllocationEverybodyIsAdmitted() {
        assertThat(new Scope.Open().admits(service("any/web"))).isTrue();
    }

    @Test
    void withPriorityAloneEverybodyIsAdmitted() {
        assertThat(priority(10).admits(service("any/web"))).isTrue();
    }

    @Test
    void listedNamespacesAreAdmittedAndNoOthers() {
        assertThat(namespaces(0, "team-a", "team-c").admits(service("team-c/web")))
                .isTrue();
        assertThat(why(namespaces(0, "team-a", "team-c"), service("team-b/web")))
                .isEqualTo("namespace team-b is not among the namespaces that the pool lists");
    }

    @Test
    void anyOfTheNamespaceSelectorsIsEnough() {
        Scope scope = namespacesWith(0, label("tier", "gold"), label("environment", "production"));
        assertThat(scope.admits(inNamespaceWith(PRODUCTION, service("ns/web")))).isTrue();
        assertThat(scope.admits(inNamespaceWith(STAGING, service("ns/web")))).isFalse();
    }

    @Test
    void namespaceMayBeListedOrSelected() {
        Scope scope = new Scope.Pinned(0, Set.of("listed"), List.of(label("environment", "production")), List.of());
        assertThat(scope.admits(service("listed/web"))).isTrue();
        assertThat(scope.admits(inNamespaceWith(PRODUCTION, service("other/web"))))
                .isTrue();
        assertThat(why(scope, service("other/web")))
                .isEqualTo("namespace other needs environment=production, has no label environment,"
                        + " and is not listed by name");
    }

    @Test
    void selectorThatMatchesNoNamespaceAdmitsNobody() {
        assertThat(namespacesWith(0, label("no", "such")).admits(service("any/web")))
                .isFalse();
    }

    @Test
    void selectorThatIsEmptyMatchesEverything() {
        assertThat(namespacesWith(0, new Selector(List.of())).admits(service("any/web")))
                .isTrue();
    }

    @Test
    void refusalSaysWhatTheNamespaceCarriesInstead() {
        assertThat(why(
                        namespacesWith(0, label("environment", "production")),
                        inNamespaceWith(STAGING, service("b/web"))))
                .isEqualTo("namespace b needs environment=production, has environment=staging");
    }

    @Test
    void refusalNamesNoOtherNamespaceEvenWhereASelectorDoes() {
        assertThat(why(
                        namespacesWith(0, label("kubernetes.io/metadata.name", "secret-project")),
                        service("team-b/web")))
                .isEqualTo("namespace team-b is not among the namespaces that the pool selects by name");
        assertThat(why(namespaces(0, "secret-project"), service("team-b/web"))).doesNotContain("secret");
    }

    @Test
    void serviceIsAdmittedByAnyServiceSelector() {
        Scope scope = servicesWith(0, label("app", "api"), label("app", "web"));
        assertThat(scope.admits(labelled(Map.of("app", "web"), service("ns/web"))))
                .isTrue();
        assertThat(why(scope, labelled(Map.of("app", "db"), service("ns/db"))))
                .startsWith("the service needs app=api, has app=db");
    }

    @Test
    void namespaceAndServiceMustBothBeAdmitted() {
        Scope scope = new Scope.Pinned(0, Set.of("ns"), List.of(), List.of(label("app", "web")));
        Request web = labelled(Map.of("app", "web"), service("ns/web"));
        assertThat(scope.admits(web)).isTrue();
        assertThat(scope.admits(service("ns/web"))).isFalse();
        assertThat(scope.admits(labelled(Map.of("app", "web"), service("other/web"))))
                .isFalse();
    }

    @Test
    void matchExpressionsMeanWhatKubernetesMeans() {
        Map<String, String> gold = Map.of("tier", "gold");
        assertThat(new Requirement.In("tier", Set.of("gold", "silver")).matches(gold))
                .isTrue();
        assertThat(new Requirement.In("tier", Set.of("gold")).matches(Map.of())).isFalse();
        assertThat(new Requirement.NotIn("tier", Set.of("gold")).matches(gold)).isFalse();
        assertThat(new Requirement.NotIn("tier", Set.of("gold")).matches(Map.of()))
                .isTrue();
        assertThat(new Requirement.Exists("tier").matches(gold)).isTrue();
        assertThat(new Requirement.Exists("tier").matches(Map.of())).isFalse();
        assertThat(new Requirement.DoesNotExist("tier").matches(gold)).isFalse();
        assertThat(new Requirement.DoesNotExist("tier").matches(Map.of())).isTrue();
    }

    @Test
    void mismatchesReadAsSentences() {
        Map<String, String> gold = Map.of("tier", "gold");
        assertThat(Stream.of(
                                new Requirement.In("tier", Set.of("silver", "bronze")),
                                new Requirement.NotIn("tier", Set.of("gold")),
                                new Requirement.Exists("team"),
                                new Requirement.DoesNotExist("tier"))
                        .map(requirement -> new Selector(List.of(requirement)).mismatch(gold)))
                .containsExactly(
                        "needs tier in (bronze, silver), has tier=gold",
                        "needs tier not in (gold), has tier=gold",
                        "needs a label team, has no label team",
                        "needs no label tier, has tier=gold");
    }

    @Test
    void allRequirementsOfASelectorMustHold() {
        Selector selector =
                new Selector(List.of(new Requirement.Exists("tier"), new Requirement.In("env", Set.of("prod"))));
        assertThat(selector.matches(Map.of("tier", "gold", "env", "prod"))).isTrue();
        assertThat(selector.matches(Map.of("tier", "gold"))).isFalse();
        assertThat(selector.describe()).isEqualTo("a label tier and env=prod");
    }

    @Test
    void negativePriorityIsAnError() {
        assertThatThrownBy(() -> priority(-1)).hasMessage("priority must not be negative, got -1");
    }

    private static String why(Scope scope, Request request) {
        return switch (scope.judge(request)) {
            case Scope.Admission.Admitted _ -> "admitted";
            case Scope.Admission.NamespaceNotAllowed(String why) -> why;
            case Scope.Admission.ServiceNotSelected(String why) -> why;
        };
    }
}
