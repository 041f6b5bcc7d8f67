package io.berth.k8s.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.berth.k8s.allocation.Given;
import io.berth.k8s.resource.Warning;
import io.berth.k8s.resource.Warning.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The guide to namespace-scoped pools as it is written, and each of the pitfalls that it warns of. */
class GuideTest {

    private static final Path GUIDE = Path.of("../test-env/guide");

    private static String guide(String file) throws IOException {
        return Files.readString(GUIDE.resolve(file));
    }

    private static List<Warning> guideWith(String pools, String namespaces) {
        return Found.in(pools, namespaces, Given.ADVERTISEMENT);
    }

    private static String pools() throws IOException {
        return String.join(
                "\n---\n",
                guide("pool-team-a.yaml"),
                guide("pool-team-b.yaml"),
                guide("pool-production.yaml"),
                guide("pool-default.yaml"));
    }

    private static String labelled(String teamA, String teamB, String staging) {
        return String.join(
                "\n---\n",
                Given.namespace("team-a", teamA),
                Given.namespace("team-b", teamB),
                Given.namespace("staging", staging));
    }

    @Test
    void theDemosManifestsGiveNoWarnings() throws IOException {
        assertThat(Found.in(pools(), guide("namespaces.yaml"), guide("services.yaml"), guide("bgp.yaml")))
                .isEmpty();
    }

    @Test
    void theGuidesOwnLabelsGiveNoWarnings() throws IOException {
        assertThat(guideWith(
                        pools(),
                        labelled("environment: production", "environment: production", "environment: staging")))
                .isEmpty();
    }

    @Test
    void namespacesThatNobodyLabelledAreToldWhichLabelIsWanted() throws IOException {
        assertThat(guideWith(pools(), labelled("", "", "")))
                .containsExactly(new Warning(
                        Reason.SELECTOR_MATCHES_NOTHING,
                        "IPAddressPool/production-ips",
                        "spec.serviceAllocation.namespaceSelectors: no namespace has environment=production, so nobody"
                                + " draws from the pool; label the namespaces that should"));
    }

    @Test
    void aTypingErrorInANamespaceSuggestsTheOneThatIsThere() throws IOException {
        String mistyped = pools().replace("      - team-a\n", "      - tema-a\n");

        assertThat(guideWith(
                        mistyped,
                        labelled("environment: production", "environment: production", "environment: staging")))
                .containsExactly(new Warning(
                        Reason.NAMESPACE_NOT_FOUND,
                        "IPAddressPool/team-a-ips",
                        "spec.serviceAllocation.namespaces: namespace tema-a does not exist (did you mean team-a?), so"
                                + " nobody draws from the pool by that name; correct the name or create it"));
    }

    @Test
    void withoutADefaultPoolTheNamespaceThatGetsNothingIsNamed() throws IOException {
        String withoutDefault = pools().replace(guide("pool-default.yaml"), "");

        assertThat(guideWith(
                        withoutDefault,
                        labelled("environment: production", "environment: production", "environment: staging")))
                .containsExactly(new Warning(
                        Reason.NO_FALLBACK_POOL,
                        "Namespace/staging",
                        "no pool gives addresses to namespace staging: its services of type LoadBalancer stay pending;"
                                + " list it in a pool, label it, or add a pool for everybody with a high priority"
                                + " number"));
    }

    @Test
    void theSamePriorityOnAllPoolsIsReportedWhereTwoAdmitOneNamespace() throws IOException {
        String same = pools().replaceAll("priority: \\d+", "priority: 50");

        assertThat(guideWith(same, labelled("environment: production", "", "environment: staging")))
                .extracting(Warning::reason, Warning::object)
                .containsExactly(
                        tuple(Reason.SAME_PRIORITY, "IPAddressPool/default-ips"),
                        tuple(Reason.SAME_PRIORITY, "IPAddressPool/production-ips"));
    }
}
