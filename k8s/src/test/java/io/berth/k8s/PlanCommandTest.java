package io.berth.k8s;

import static io.berth.k8s.allocation.Given.aged;
import static io.berth.k8s.allocation.Given.namespace;
import static io.berth.k8s.allocation.Given.pool;
import static io.berth.k8s.allocation.Given.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.allocation.Given;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

class PlanCommandTest {

    /** The pools of the guide, as written there. */
    private static final Path GUIDE = Path.of("../test-env/guide");

    private static final Path RESOURCES = Path.of("src/test/resources/io/berth/k8s/guide");

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path directory = Path.of(".");

    private Run plan(String... options) {
        return plan(Map.of(), options);
    }

    private Run plan(Map<String, String> environment, String... options) {
        return Run.berth(
                environment,
                Stream.concat(Stream.of("plan", "-f", directory.toString()), Stream.of(options))
                        .toArray(String[]::new));
    }

    private void write(String... manifests) throws IOException {
        String all = String.join("\n---\n", manifests) + "\n---\n" + Given.ADVERTISEMENT;
        Files.writeString(directory.resolve("manifests.yaml"), all);
    }

    private void writeGuide(String... more) throws IOException {
        try (Stream<Path> pools = Files.list(GUIDE)) {
            for (Path pool : pools.filter(file -> file.getFileName().toString().startsWith("pool-"))
                    .toList()) {
                Files.copy(pool, directory.resolve(pool.getFileName()));
            }
        }
        write(more);
    }

    private JsonNode json(String... options) {
        Run run =
                plan(Stream.concat(Stream.of("-o", "json"), Stream.of(options)).toArray(String[]::new));
        assertThat(run.err()).isEmpty();
        return JSON.readTree(run.out());
    }

    /** The address of the first service, or the reason why it has none. */
    private static String addressOrReason(JsonNode plan) {
        JsonNode service = plan.path("services").path(0);
        return service.path("addresses").path(0).asString(service.path("reason").asString(""));
    }

    /** "NamespaceNotFound IPAddressPool/typo" for every warning. */
    private static List<String> warnings(JsonNode plan) {
        return plan.path("warnings")
                .valueStream()
                .map(warning -> warning.path("reason").asString() + " "
                        + warning.path("object").asString())
                .toList();
    }

    @Nested
    class TheGuide {

        @Test
        void planIsTheJsonOfTheOutwardFace() throws IOException {
            Run run = Run.berth(
                    "plan",
                    "-o",
                    "json",
                    "-f",
                    GUIDE + "/pool-team-a.yaml",
                    GUIDE + "/pool-team-b.yaml",
                    GUIDE + "/pool-default.yaml",
                    GUIDE + "/pool-production.yaml",
                    RESOURCES + "/manifests");

            assertThat(run.status()).isZero();
            assertThat(run.out().replaceAll("\"message\": \".*\"", "\"message\": \"...\""))
                    .isEqualTo(Files.readString(RESOURCES.resolve("plan.json")));
            assertThat(run.out()).doesNotContain("\"message\": \"\"");
        }

        @Test
        void theFirstAddressOfATeamsOwnPoolIsItsVeryFirst() throws IOException {
            writeGuide(namespace("team-a", ""), service("team-a/web"));

            assertThat(addressOrReason(json())).isEqualTo("10.0.1.0");
        }

        @Test
        void theProductionPoolComesFirstForTeamsLabelledProduction() throws IOException {
            writeGuide(namespace("team-a", "environment: production"), service("team-a/web"));

            assertThat(addressOrReason(json())).isEqualTo("203.0.113.0");
        }

        @Test
        void theCatchAllServesANamespaceThatNobodyMentions() throws IOException {
            writeGuide(service("frontend/web"));

            assertThat(addressOrReason(json())).isEqualTo("10.0.100.0");
        }

        @Test
        void aSeventeenthServiceSpillsIntoTheCatchAll() throws IOException {
            writeGuide(Stream.concat(
                            Stream.of(namespace("team-a", "")),
                            Stream.iterate(0, i -> i + 1).limit(17).map(i -> service("team-a/s" + i)))
                    .toArray(String[]::new));

            JsonNode last = json().path("services").path(16);
            assertThat(last.path("pool").asString()).isEqualTo("default-ips");
            assertThat(last.path("considered").path(0).path("verdict").asString())
                    .isEqualTo("Exhausted");
        }
    }

    @Nested
    class ThePitfalls {

        @Test
        void aNamespaceThatIsNotLabelledIsToldWhatItLacks() throws IOException {
            writeGuide(namespace("team-a", ""), namespace("team-b", ""), service("team-a/web"));

            JsonNode plan = json();
            assertThat(warnings(plan)).containsExactly("SelectorMatchesNothing IPAddressPool/production-ips");
            assertThat(plan.path("services").path(0).path("considered").valueStream())
                    .anySatisfy(verdict -> {
                        assertThat(verdict.path("pool").asString()).isEqualTo("production-ips");
                        assertThat(verdict.path("verdict").asString()).isEqualTo("NamespaceNotAllowed");
                        assertThat(verdict.path("message").asString())
                                .contains("environment=production")
                                .contains("no label environment");
                    });
        }

        @Test
        void aTypingErrorInANamespaceSuggestsTheNearest() throws IOException {
            write(
                    pool("team-a-ips", "10.0.1.0/28", "priority: 50, namespaces: [team-aa]"),
                    pool("default-ips", "10.0.100.0/24", "priority: 100"),
                    namespace("team-a", ""),
                    service("team-a/web"));

            JsonNode plan = json();
            assertThat(warnings(plan)).containsExactly("NamespaceNotFound IPAddressPool/team-a-ips");
            assertThat(plan.path("warnings").path(0).path("message").asString())
                    .contains("team-aa")
                    .contains("did you mean team-a?");
            assertThat(addressOrReason(plan)).isEqualTo("10.0.100.0");
        }

        @Test
        void withoutADefaultPoolOthersStayPending() throws IOException {
            write(
                    pool("team-a-ips", "10.0.1.0/28", "priority: 50, namespaces: [team-a]"),
                    namespace("team-a", ""),
                    namespace("staging", ""),
                    service("staging/web"));

            JsonNode plan = json();
            assertThat(warnings(plan)).containsExactly("NoFallbackPool Namespace/staging");
            assertThat(addressOrReason(plan)).isEqualTo("NoPoolAdmits");
        }

        @Test
        void equalPrioritiesAreReportedAndNotLeftToChance() throws IOException {
            write(
                    pool("b-ips", "10.0.2.0/28", "priority: 50"),
                    pool("a-ips", "10.0.1.0/28", "priority: 50"),
                    service("team-a/web"));

            JsonNode plan = json();
            assertThat(warnings(plan)).singleElement().asString().startsWith("SamePriority");
            assertThat(addressOrReason(plan)).isEqualTo("10.0.1.0");
        }
    }

    @Nested
    class Tenancy {

        @Test
        void anotherTeamsPoolAndAddressesAreRefusedHoweverTheyAreAskedFor() throws IOException {
            for (String greedy : List.of(
                    service("team-b/greedy", "", "annotations: {metallb.io/address-pool: team-a-ips}", ""),
                    service("team-b/greedy", "", "annotations: {metallb.io/loadBalancerIPs: 10.0.1.9}", ""),
                    service("team-b/greedy", "loadBalancerIP: 10.0.1.9"))) {
                write(
                        pool("team-a-ips", "10.0.1.0/28", "priority: 50, namespaces: [team-a]"),
                        pool("default-ips", "10.0.100.0/24", "priority: 100"),
                        greedy);

                JsonNode plan = json();
                assertThat(addressOrReason(plan)).isEqualTo("NoPoolAdmits");
                assertThat(plan.path("services").path(0).path("message").asString())
                        .contains("does not admit this service");
            }
        }
    }

    @Nested
    class TheOrderOfServices {

        @Test
        void isHoldersThenAgeThenReading() throws IOException {
            write(
                    pool("pool", "10.0.1.0/28", ""),
                    service("a/ageless"),
                    aged("a/young", 2, ""),
                    aged("a/old", 1, ""),
                    aged("a/holder", 3, "10.0.1.0"));

            assertThat(json().path("services").valueStream())
                    .extracting(one -> one.path("name").asString() + " "
                            + one.path("addresses").path(0).asString()
                            + " " + one.path("reason").asString())
                    .containsExactly(
                            "holder 10.0.1.0 Kept",
                            "old 10.0.1.1 Allocated",
                            "young 10.0.1.2 Allocated",
                            "ageless 10.0.1.3 Allocated");
        }
    }

    @Nested
    class TheExitStatus {

        @Test
        void strictIsOneWhereAServiceIsLeftWithoutAnAddress() throws IOException {
            write(pool("pool", "10.0.1.0/32", ""), service("a/one"), service("a/two"));

            assertThat(plan().status()).isZero();
            assertThat(plan("--strict").status()).isEqualTo(1);
            assertThat(plan(Map.of("BERTH_STRICT", "true")).status()).isEqualTo(1);
        }

        @Test
        void strictIsZeroWhereEveryServiceOfOursHasOne() throws IOException {
            write(
                    pool("pool", "10.0.1.0/32", ""),
                    service("a/one"),
                    service("a/other", "loadBalancerClass: other"),
                    service("a/plain", "type: ClusterIP"));

            assertThat(plan("--strict").status()).isZero();
        }

        @Test
        void isTwoForInvalidObjectsWithOneLineEach() throws IOException {
            write(pool("bad", "10.0.1.0/33", ""), pool("worse", "10.0.2.0", ""), service("a/one"));

            Run run = plan();

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err().lines())
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .contains("manifests.yaml: IPAddressPool/bad: spec.addresses[0]")
                                    .contains("'10.0.1.0/33'"),
                            line -> assertThat(line)
                                    .contains("IPAddressPool/worse")
                                    .contains("'10.0.2.0'"));
        }

        @Test
        void isTwoForPoolsThatOverlap() throws IOException {
            write(pool("one", "10.0.1.0/28", ""), pool("two", "10.0.1.8-10.0.1.20", ""));

            Run run = plan();

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err()).hasLineCount(1).contains("10.0.1.0/28").contains("10.0.1.8-10.0.1.20");
        }

        @Test
        void isTwoForAFileThatIsNotThere() {
            Run run = Run.berth("plan", "-f", "nowhere.yaml");

            assertThat(run).isEqualTo(new Run(2, "", "nowhere.yaml: no such file or directory\n"));
        }

        @Test
        void isTwoWithoutManifests() {
            Run run = Run.berth("plan");

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err()).hasLineCount(1).contains("--filename");
        }

        @Test
        void isTwoForAFormatThatDoesNotExist() {
            Run run = plan("-o", "xml");

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err())
                    .hasLineCount(1)
                    .contains("[table, json, yaml]")
                    .contains("'xml'");
        }
    }

    @Nested
    class TheOutput {

        @Test
        void ofYamlSaysTheSameAsOfJson() throws IOException {
            writeGuide(namespace("team-a", ""), service("team-a/web"));

            assertThat(new YAMLMapper().readTree(plan("-o", "yaml").out())).isEqualTo(json());
        }

        @Test
        void forPeopleIsTables() throws IOException {
            write(
                    pool("gold", "10.0.1.0/30, '2001:db8::/64'", "priority: 5, namespaces: [a]"),
                    service("a/web"),
                    service("b/web"),
                    service("b/plain", "type: ClusterIP"),
                    service("b/foreign", "loadBalancerClass: other"));

            assertThat(plan().out()).startsWith("""
                NAMESPACE   SERVICE   ADDRESS     POOL     REASON         MESSAGE
                a           web       10.0.1.0    gold     Allocated      got 10.0.1.0 from pool gold, which lists namespace a (priority 5)
                b           web       <pending>   <none>   NoPoolAdmits   no pool admits a service of namespace b with these labels
                b           foreign   <none>      <none>   NotOurs        its loadBalancerClass is other; Berth serves services that name none

                POOL   PRIORITY   AUTO-ASSIGN   IPV4-USED   IPV4-FREE   IPV6-USED   IPV6-FREE              NAMESPACES
                gold   5          true          1           3           0           18446744073709551616   a=1

                WARNING          OBJECT        MESSAGE
                NoFallbackPool   Namespace/b   no pool gives addresses to namespace b\
                """);
        }

        @Test
        void countsExactlyAtAnySize() throws IOException {
            write(pool("pool", "'2001:db8::/32'", ""), service("a/web", "ipFamilies: [IPv6]"));

            JsonNode ipv6 = json().path("pools").path(0).path("ipv6");
            assertThat(ipv6.path("total").asString()).isEqualTo("79228162514264337593543950336");
            assertThat(ipv6.path("available").asString()).isEqualTo("79228162514264337593543950335");
            assertThat(addressOrReason(json())).isEqualTo("2001:db8::");
        }

        @Test
        void withoutServicesSaysSo() throws IOException {
            write(pool("pool", "10.0.1.0/30", ""));

            assertThat(plan().out()).startsWith("No services of type LoadBalancer.\n");
        }
    }

    @Nested
    class Policy {

        @Test
        void servesTheClassThatItIsTold() throws IOException {
            write(pool("pool", "10.0.1.0/30", ""), service("a/web", "loadBalancerClass: berth"));

            assertThat(json().path("services").path(0).path("outcome").asString())
                    .isEqualTo("NotOurs");
            assertThat(addressOrReason(json("--load-balancer-class=berth"))).isEqualTo("10.0.1.0");
        }

        @Test
        void keepsOrReassignsAddressesThatAreOutOfScope() throws IOException {
            write(
                    pool("gold", "10.0.9.0/30", "namespaces: [b]"),
                    pool("pool", "10.0.1.0/30", ""),
                    service("a/web", "", "", "10.0.9.0"));

            assertThat(addressOrReason(json())).isEqualTo("10.0.9.0");
            assertThat(addressOrReason(json("--out-of-scope=reassign"))).isEqualTo("10.0.1.0");
        }
    }

    @ParameterizedTest
    @CsvSource({"2020-01-01T00:00:00Z, 10.0.1.0", "2999-01-01T00:00:00Z, 10.0.1.1"})
    void aReleasedAddressIsKeptUntilItsTimeAndNoLonger(String until, String given) throws IOException {
        String annotations = "berth.io/hold-released: 24h, berth.io/tenures: '10.0.1.0 team-a/gone " + until + "'";
        write(
                pool("gold", "10.0.1.0/28", "")
                        .replace("metallb-system}", "metallb-system, annotations: {" + annotations + "}}"),
                service("team-a/web"));

        assertThat(addressOrReason(json())).isEqualTo(given);
    }
}
