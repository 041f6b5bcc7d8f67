package io.berth.k8s;

import static io.berth.k8s.TwoSides.message;
import static io.berth.k8s.TwoSides.rows;
import static io.berth.k8s.allocation.Given.aged;
import static io.berth.k8s.allocation.Given.namespace;
import static io.berth.k8s.allocation.Given.pool;
import static io.berth.k8s.allocation.Given.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.allocation.Given;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code berth plan --against DIR}: what would change if manifests were applied. */
class PlanAgainstTest {

    private static final Path GUIDE = Path.of("../test-env/guide");

    private static final String GOLD = pool("gold", "10.0.1.0/30", "priority: 10, namespaces: [team-a]");
    private static final String ALL = pool("all", "10.0.9.0/24", "priority: 100");

    @TempDir
    private Path directory = Path.of(".");

    private TwoSides sides = new TwoSides(directory);

    @BeforeEach
    void twoServicesOfTeamAInAPoolForItAndAPoolForEverybody() throws IOException {
        sides = new TwoSides(directory);
        base(GOLD, ALL, namespace("team-a", ""), service("team-a/api"), service("team-a/web"), Given.ADVERTISEMENT);
    }

    private void base(String... manifests) throws IOException {
        sides.base(manifests);
    }

    private void edit(String... manifests) throws IOException {
        sides.edit(manifests);
    }

    private Run plan(String... options) {
        return sides.plan(options);
    }

    private JsonNode json(String... options) {
        return sides.json(options);
    }

    @Nested
    class NothingChanges {

        private void nothingChanges() {
            assertThat(plan()).isEqualTo(new Run(0, "nothing changes: 2 services keep their addresses\n", ""));
        }

        @Test
        void whereTheManifestsAreThoseThatAreThere() throws IOException {
            edit(GOLD, service("team-a/web"));

            nothingChanges();
        }

        @Test
        void whereAPriorityIsEdited() throws IOException {
            edit(GOLD.replace("priority: 10", "priority: 1000"));

            nothingChanges();
        }

        @Test
        void whereABetterPoolIsAdded() throws IOException {
            edit(pool("better", "10.0.2.0/28", "priority: 1, namespaces: [team-a]"));

            nothingChanges();
        }

        @Test
        void whereAPoolGrows() throws IOException {
            edit(GOLD.replace("/30", "/28"));

            nothingChanges();
        }

        @Test
        void whereWhatAServiceAsksForCannotBeGiven() throws IOException {
            edit(service("team-a/web", "", "annotations: {metallb.io/loadBalancerIPs: 10.0.1.0}", ""));

            nothingChanges();
        }

        @Test
        void whereAPoolNoLongerAdmitsItsHolders() throws IOException {
            edit(GOLD.replace("[team-a]", "[team-a-prod]"), namespace("team-a-prod", ""));

            nothingChanges();
        }

        @Test
        void andOneServiceIsOne() throws IOException {
            base(ALL, service("team-a/web"));
            edit(ALL);

            assertThat(plan().out()).startsWith("nothing changes: 1 service keeps its address\n");
        }
    }

    @Nested
    class AnAddressIsLost {

        @Test
        void whereItsPoolShrinksAndAnotherIsGivenInItsPlace() throws IOException {
            edit(GOLD.replace("10.0.1.0/30", "10.0.1.1-10.0.1.2"));

            Run run = plan();

            assertThat(run).isEqualTo(new Run(1, """
                1 service changes, 1 keeps its address:
                NAMESPACE   SERVICE   BEFORE     AFTER      POOL   REASON       MESSAGE
                team-a      api       10.0.1.0   10.0.1.2   gold   Reassigned   got 10.0.1.2 from pool gold, which lists namespace team-a (priority 10); no pool owns 10.0.1.0 any more
                """, ""));
        }

        @Test
        void whereNoPoolIsLeftForItAndThatIsSaidToo() throws IOException {
            base(GOLD, namespace("team-a", ""), service("team-a/api"), service("team-a/web"), Given.ADVERTISEMENT);
            edit(GOLD.replace("10.0.1.0/30", "10.0.1.1/32"));

            JsonNode changes = json().path("changes");

            assertThat(rows(changes)).containsExactly("team-a/api [10.0.1.0] -> [] PoolExhausted");
            assertThat(message(changes)).isEqualTo("pool gold is full; no pool owns 10.0.1.0 any more");
            assertThat(changes.path(0).has("pool")).isFalse();
            assertThat(plan().out()).contains("10.0.1.0   <pending>   <none>   PoolExhausted");
        }

        @Test
        void whereItIsExcluded() throws IOException {
            edit(GOLD.replace("name: gold,", "name: gold, annotations: {berth.io/exclude: 10.0.1.1},"));

            JsonNode changes = json().path("changes");

            assertThat(rows(changes)).containsExactly("team-a/web [10.0.1.1] -> [10.0.1.2] Reassigned");
            assertThat(message(changes)).contains("no pool owns 10.0.1.1 any more");
        }

        @Test
        void whereTheServiceGetsTheOneThatItAsksForNow() throws IOException {
            edit(service("team-a/web", "", "annotations: {metallb.io/loadBalancerIPs: 10.0.9.7}", ""));

            JsonNode changes = json().path("changes");

            assertThat(rows(changes)).containsExactly("team-a/web [10.0.1.1] -> [10.0.9.7] Allocated");
            assertThat(message(changes)).contains("as it asked");
        }

        @Test
        void whereTheServiceIsForAnotherLoadBalancerOrForNone() throws IOException {
            edit(service("team-a/api", "loadBalancerClass: other"), service("team-a/web", "type: ClusterIP"));

            assertThat(rows(json().path("changes")))
                    .containsExactly(
                            "team-a/api [10.0.1.0] -> [] NotOurs", "team-a/web [10.0.1.1] -> [] NotLoadBalancer");
        }

        @Test
        void whereOneOfTwoFamiliesGoes() throws IOException {
            String both = "ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv4, IPv6]";
            base(pool("dual", "10.0.1.0/30, '2001:db8::/126'", ""), service("team-a/web", both), Given.ADVERTISEMENT);
            edit(pool("dual", "10.0.1.0/30", ""));

            JsonNode changes = json().path("changes");

            assertThat(rows(changes)).containsExactly("team-a/web [10.0.1.0, 2001:db8::] -> [10.0.1.0] Kept");
            assertThat(message(changes)).isEqualTo("keeps 10.0.1.0 from pool dual; no pool owns 2001:db8:: any more");
        }

        @Test
        void whereAServiceNoLongerSharesIt() throws IOException {
            String sharing = "annotations: {metallb.io/allow-shared-ip: dns}";
            base(
                    pool("one", "10.0.1.0/32", ""),
                    service("team-a/tcp", "ports: [{port: 53}]", sharing, ""),
                    service("team-a/udp", "ports: [{port: 53, protocol: UDP}]", sharing, ""),
                    Given.ADVERTISEMENT);
            edit(service("team-a/udp", "ports: [{port: 53, protocol: UDP}]"));

            JsonNode changes = json().path("changes");

            assertThat(rows(changes)).containsExactly("team-a/udp [10.0.1.0] -> [] PoolExhausted");
            assertThat(message(changes)).contains("10.0.1.0 is in use by another service");
        }
    }

    @Nested
    class ANamespaceThatIsRelabelled {

        private static final String PRODUCTION = pool(
                "production", "10.0.1.0/30", "priority: 10, namespaceSelectors: [{matchLabels: {stage: production}}]");

        @BeforeEach
        void isInProductionToday() throws IOException {
            base(PRODUCTION, ALL, namespace("team-a", "stage: production"), service("team-a/web"), Given.ADVERTISEMENT);
            edit(namespace("team-a", "stage: test"));
        }

        @Test
        void keepsItsAddresses() {
            Run run = plan();

            assertThat(run.status()).isZero();
            assertThat(run.out()).startsWith("nothing changes: 1 service keeps its address\n");
        }

        @Test
        void losesThemWhereThatIsThePolicy() {
            assertThat(plan("--out-of-scope=reassign").status()).isEqualTo(1);
            JsonNode changes = json("--out-of-scope=reassign").path("changes");
            assertThat(rows(changes)).containsExactly("team-a/web [10.0.1.0] -> [10.0.9.0] Reassigned");
            assertThat(message(changes))
                    .endsWith("pool production no longer admits the service: namespace team-a needs stage=production,"
                            + " has stage=test");
        }

        @Test
        void isWarnedOfWhatIsNew() {
            assertThat(plan().out())
                    .contains("\nNew warnings:\nWARNING ")
                    .contains("SelectorMatchesNothing   IPAddressPool/production");
            assertThat(json().path("warnings").valueStream())
                    .extracting(warning -> warning.path("reason").asString())
                    .containsExactly("SelectorMatchesNothing");
        }
    }

    @Nested
    class AGain {

        @Test
        void isANewService() throws IOException {
            edit(service("team-a/new"));

            assertThat(plan()).isEqualTo(new Run(0, """
                nothing changes: 2 services keep their addresses

                Gained:
                NAMESPACE   SERVICE   BEFORE   AFTER      POOL   REASON      MESSAGE
                team-a      new       <none>   10.0.1.2   gold   Allocated   got 10.0.1.2 from pool gold, which lists namespace team-a (priority 10)
                """, ""));
        }

        @Test
        void isAnAddressForAServiceThatWaits() throws IOException {
            base(pool("one", "10.0.1.0/32", ""), service("a/first"), service("a/second"), Given.ADVERTISEMENT);
            edit(pool("one", "10.0.1.0/31", ""));

            assertThat(plan().status()).isZero();
            assertThat(rows(json().path("gains"))).containsExactly("a/second [] -> [10.0.1.1] Allocated");
        }

        @Test
        void isASecondFamily() throws IOException {
            String both = "ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv4, IPv6]";
            base(pool("dual", "10.0.1.0/30", ""), service("team-a/web", both), Given.ADVERTISEMENT);
            edit(pool("dual", "10.0.1.0/30, '2001:db8::/126'", ""));

            assertThat(plan().status()).isZero();
            assertThat(rows(json().path("gains")))
                    .containsExactly("team-a/web [10.0.1.0] -> [10.0.1.0, 2001:db8::] Allocated");
        }

        @Test
        void isNoneWhereANewServiceTakesNothingFromThoseThatAreThere() throws IOException {
            base(pool("one", "10.0.1.0/32", ""), aged("a/holder", 9, ""), Given.ADVERTISEMENT);
            edit(aged("a/older", 1, "10.0.1.0"));

            JsonNode plan = json();

            assertThat(plan.path("changes").isEmpty()).isTrue();
            assertThat(plan.path("gains").isEmpty()).isTrue();
            assertThat(rows(plan.path("pending"))).containsExactly("a/older [] -> [] PoolExhausted");
        }
    }

    @Nested
    class AServiceThatGoesWithout {

        @BeforeEach
        void asksForAPoolThatIsNotThere() throws IOException {
            edit(service("team-a/new", "", "annotations: {metallb.io/address-pool: golf}", ""));
        }

        @Test
        void isToldApart() {
            assertThat(plan().out()).startsWith("""
                nothing changes: 2 services keep their addresses

                Without an address:
                NAMESPACE   SERVICE   REASON         MESSAGE
                team-a      new       PoolNotFound   pool golf does not exist

                New warnings:
                """).contains("did you mean gold?");
        }

        @Test
        void failsOnlyWhereThatIsAskedFor() {
            assertThat(plan().status()).isZero();
            assertThat(plan("--strict").status()).isEqualTo(1);
        }
    }

    @Nested
    class TheJson {

        @Test
        void isOfTheShapeThatScriptsReadByName() throws IOException {
            edit(GOLD.replace("10.0.1.0/30", "10.0.1.1-10.0.1.2"));

            assertThat(plan("-o", "json").out()).isEqualTo("""
                {
                  "changes": [
                    {
                      "namespace": "team-a",
                      "name": "api",
                      "before": [
                        "10.0.1.0"
                      ],
                      "after": [
                        "10.0.1.2"
                      ],
                      "pool": "gold",
                      "reason": "Reassigned",
                      "message": "got 10.0.1.2 from pool gold, which lists namespace team-a (priority 10); no pool owns 10.0.1.0 any more"
                    }
                  ],
                  "gains": [],
                  "unchanged": 1,
                  "pending": [],
                  "warnings": []
                }
                """);
        }

        @Test
        void saysTheSameAsTheYaml() throws IOException {
            edit(GOLD.replace("10.0.1.0/30", "10.0.1.2/31"), service("team-a/new"));

            assertThat(new YAMLMapper().readTree(plan("-o", "yaml").out())).isEqualTo(json());
        }
    }

    @Test
    void theGuideIsAsItIs() {
        assertThat(Run.berth("plan", "-f", GUIDE + "/pool-team-a.yaml", "--against", GUIDE.toString()))
                .satisfies(run -> {
                    assertThat(run.status()).isZero();
                    assertThat(run.out()).startsWith("nothing changes: 5 services keep their addresses\n");
                });
    }
}
