package io.berth.k8s;

import static io.berth.k8s.allocation.Given.namespace;
import static io.berth.k8s.allocation.Given.pool;
import static io.berth.k8s.allocation.Given.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.allocation.Given;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What {@code berth plan --against DIR} takes for the state of today, and what it refuses. */
class PlanAgainstBaseTest {

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

    @Nested
    class TheAddressesOfToday {

        @Test
        void areThoseThatBerthHasGiven() throws IOException {
            sides.status("team-a/web", "gold", "10.0.1.3");
            edit(GOLD.replace("10.0.1.0/30", "10.0.1.0-10.0.1.2"));

            JsonNode plan = sides.json();

            assertThat(TwoSides.rows(plan.path("changes")))
                    .containsExactly("team-a/web [10.0.1.3] -> [10.0.1.1] Reassigned");
            assertThat(plan.path("unchanged").asInt()).isEqualTo(1);
        }

        @Test
        void areReadBesideAProcessThatHoldsTheDirectory() throws IOException {
            sides.status("team-a/web", "gold", "10.0.1.3");
            edit(GOLD);
            Path lock = sides.today().resolve(".berth/lock");

            try (FileChannel held = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                assertThat(held.tryLock()).isNotNull();
                assertThat(plan().out()).isEqualTo("nothing changes: 2 services keep their addresses\n");
            }
            assertThat(Files.readString(sides.today().resolve(".berth/services/team-a/web.yaml")))
                    .contains("10.0.1.3");
        }

        @Test
        void areNotWrittenWhereNoProcessHasGivenAny() throws IOException {
            edit(GOLD);

            assertThat(plan().status()).isZero();
            assertThat(sides.today().resolve(".berth")).doesNotExist();
        }

        @Test
        void areThoseOfTheManifestsToo() throws IOException {
            base(GOLD, ALL, namespace("team-a", ""), service("team-a/web", "", "", "10.0.1.3"), Given.ADVERTISEMENT);
            edit(GOLD.replace("10.0.1.0/30", "10.0.1.0/31"));

            assertThat(TwoSides.rows(sides.json().path("changes")))
                    .containsExactly("team-a/web [10.0.1.3] -> [10.0.1.0] Reassigned");
        }

        @Test
        void stayWithAServiceWhoseManifestIsAppliedAgain() throws IOException {
            sides.status("team-a/web", "gold", "10.0.1.3");
            edit(service("team-a/web", "ports: [{port: 80}]", "labels: {tier: web}", ""));

            assertThat(plan().out()).isEqualTo("nothing changes: 2 services keep their addresses\n");
        }

        @Test
        void thatCanNotLastEvenTodayAreLostToo() throws IOException {
            sides.status("team-a/web", "gone", "10.0.7.7");
            edit(GOLD);

            assertThat(TwoSides.rows(sides.json().path("changes")))
                    .containsExactly("team-a/web [10.0.7.7] -> [10.0.1.0] Reassigned");
        }

        @Test
        void thatAnotherLoadBalancerGaveAreNoneOfOurs() throws IOException {
            base(GOLD, namespace("team-a", ""), service("team-a/web", "", "", "192.0.2.1"), Given.ADVERTISEMENT);
            edit(GOLD);

            assertThat(plan().out()).isEqualTo("nothing changes: 0 services keep their addresses\n");
        }

        @Test
        void areReadFromManifestsAtAnyDepth() throws IOException {
            Path deep = Files.createDirectories(sides.today().resolve("teams/a"));
            Files.writeString(deep.resolve("more.yaml"), service("team-a/deep"));
            edit(GOLD);

            assertThat(plan().out()).isEqualTo("nothing changes: 3 services keep their addresses\n");
        }
    }

    @Nested
    class WhatIsNotValid {

        private void isOneLine(String start, String... more) {
            Run run = plan();
            assertThat(run.status()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).hasLineCount(1).startsWith(start);
            assertThat(more).allSatisfy(part -> assertThat(run.err()).contains(part));
        }

        @Test
        void isAPoolThatWouldOverlapWithOneThatIsThere() throws IOException {
            // By their names the new pool would come first.
            edit(pool("a-new-one", "10.0.1.2-10.0.1.9", ""));

            isOneLine(
                    sides.edit() + ": IPAddressPool/a-new-one: spec.addresses: '10.0.1.2-10.0.1.9' overlaps",
                    "'10.0.1.0/30' of IPAddressPool/gold");
        }

        @Test
        void isAnObjectOfTheManifests() throws IOException {
            edit(GOLD.replace("/30", "/33"));

            isOneLine(sides.edit() + ": IPAddressPool/gold: spec.addresses[0]", "'10.0.1.0/33'");
        }

        @Test
        void isAnObjectThatIsThereToday() throws IOException {
            base(GOLD, pool("other", "10.0.1.2-10.0.1.9", ""));
            edit(ALL);

            isOneLine(sides.today().resolve("cluster.yaml") + ": IPAddressPool/other: spec.addresses", "overlaps");
        }

        @Test
        void isToldOfBothSidesAtOnce() throws IOException {
            base(GOLD.replace("/30", "/33"));
            edit(ALL.replace("/24", "/34"));

            assertThat(plan().err().lines())
                    .satisfiesExactly(
                            line -> assertThat(line).startsWith(sides.today().resolve("cluster.yaml") + ": "),
                            line -> assertThat(line).startsWith(sides.edit() + ": "));
        }

        @Test
        void isADirectoryThatIsNotThere() throws IOException {
            edit(GOLD);
            Path nowhere = directory.resolve("nowhere");

            assertThat(against(nowhere))
                    .isEqualTo(new Run(2, "", "berth plan: " + nowhere + ": no such file or directory\n"));
        }

        @Test
        void isAFileInThePlaceOfTheDirectory() throws IOException {
            edit(GOLD);

            assertThat(against(sides.edit()))
                    .isEqualTo(new Run(2, "", "berth plan: " + sides.edit() + ": not a directory\n"));
        }

        private Run against(Path base) {
            return Run.berth("plan", "-f", sides.edit().toString(), "--against", base.toString());
        }

        @Test
        void isAStatusThatBerthDidNotWrite() throws IOException {
            edit(GOLD);
            sides.status("team-a/web", "gold", "10.0.1.300");

            isOneLine("berth plan: " + sides.today().resolve(".berth/services/team-a/web.yaml"), "10.0.1.300");
        }

        @Test
        void isFilesThatAreNotThere() {
            isOneLine(sides.edit() + ": no such file or directory");
        }
    }

    @Test
    void theDirectoryMayComeFromTheEnvironment() throws IOException {
        edit(GOLD);

        assertThat(Run.berth(
                                Map.of("BERTH_AGAINST", sides.today().toString()),
                                "plan",
                                "-f",
                                sides.edit().toString())
                        .out())
                .isEqualTo("nothing changes: 2 services keep their addresses\n");
    }
}
