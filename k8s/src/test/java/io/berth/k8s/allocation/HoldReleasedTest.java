package io.berth.k8s.allocation;

import static io.berth.k8s.allocation.Given.pool;
import static io.berth.k8s.allocation.Given.service;
import static io.berth.k8s.allocation.Given.world;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.cluster.Manifests;
import io.berth.k8s.loop.ManualThread;
import io.berth.metrics.AllocationMeters;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HoldReleasedTest {

    private static final String POOL = pool("pool", "10.0.1.0/31", "")
            .replace("metallb-system}", "metallb-system, annotations: {berth.io/hold-released: 24h}}");

    private final FakeCluster cluster = new FakeCluster();
    private final ManualThread thread = new ManualThread();

    private void start(String... manifests) {
        cluster.become(world(manifests));
        startOn(thread);
    }

    private void startOn(ManualThread loopsThread) {
        AllocationLoop loop = new AllocationLoop(
                cluster, AllocationSettings.DEFAULT, new AllocationMeters(System::nanoTime), loopsThread);
        cluster.start(loop);
        loop.lead();
        loopsThread.runReady();
    }

    private void change(String... manifests) {
        cluster.become(world(manifests));
        thread.runReady();
    }

    private String remembered() {
        return cluster.state().pools().getFirst().tenuresText();
    }

    @Test
    void thePoolRemembersWhoHasItsAddressesAndForWhomReleasedOnesAreKept() {
        start(POOL, service("a/web"), service("a/api"));
        assertThat(remembered()).isEqualTo("10.0.1.0 a/web, 10.0.1.1 a/api");

        change(POOL, service("a/api"));
        assertThat(remembered()).isEqualTo("10.0.1.0 a/web 2026-01-02T00:00:00Z, 10.0.1.1 a/api");
    }

    @Test
    void aPoolThatKeepsNothingHasNothingToRemember() {
        start(pool("pool", "10.0.1.0/31", ""), service("a/web"));

        assertThat(remembered()).isEmpty();
    }

    @Test
    void theServiceThatComesAgainGetsItsAddressBackAndNobodyElseGetsItMeanwhile() {
        start(POOL, service("a/web"), service("a/api"));
        change(POOL, service("a/api"));
        change(POOL, service("a/api"), service("b/other"));
        assertThat(cluster.written).noneMatch(line -> line.startsWith("b/other"));

        change(POOL, service("a/api"), service("b/other"), service("a/web"));
        assertThat(cluster.written).last().isEqualTo("a/web 10.0.1.0 pool");
    }

    @Test
    void whoWaitsIsServedWhenTheAddressWasKeptLongEnough() {
        start(POOL, service("a/web"), service("a/api"));
        change(POOL, service("a/api"), service("b/other"));
        thread.pass(Duration.ofHours(23));
        assertThat(cluster.written).noneMatch(line -> line.startsWith("b/other"));

        thread.pass(Duration.ofHours(2));
        assertThat(cluster.written).last().isEqualTo("b/other 10.0.1.0 pool");
        assertThat(remembered()).isEqualTo("10.0.1.0 b/other, 10.0.1.1 a/api");
    }

    @Test
    void aRestartForgetsNoPromise() {
        start(POOL, service("a/web"), service("a/api"));
        change(POOL, service("a/api"));
        thread.close();

        ManualThread second = new ManualThread();
        second.pass(Duration.ofHours(1));
        startOn(second);
        cluster.become(world(POOL, service("a/api"), service("b/other")));
        second.runReady();
        assertThat(cluster.written).noneMatch(line -> line.startsWith("b/other"));

        second.pass(Duration.ofHours(24));
        assertThat(cluster.written).last().isEqualTo("b/other 10.0.1.0 pool");
    }

    @Test
    void aServiceThatWentWhileNobodyLookedGaveItsAddressBackJustNow() {
        start(POOL, service("a/web"), service("a/api"));
        thread.close();
        cluster.become(world(POOL, service("a/api"), service("b/other")));

        ManualThread second = new ManualThread();
        startOn(second);
        assertThat(cluster.written).noneMatch(line -> line.startsWith("b/other"));
        assertThat(remembered()).isEqualTo("10.0.1.0 a/web 2026-01-02T00:00:00Z, 10.0.1.1 a/api");

        second.pass(Duration.ofHours(25));
        assertThat(cluster.written).last().isEqualTo("b/other 10.0.1.0 pool");
    }

    @Test
    void aPoolThatCannotBeReadAtAStartForgetsNothingOfWhatItHasToRemember() {
        start(POOL, service("a/web"), service("a/api"));
        change(POOL, service("a/api"));
        String before = remembered();
        thread.close();

        cluster.become(readable(POOL.replace("24h", "a day"), service("a/api"), service("b/other")));
        ManualThread second = new ManualThread();
        startOn(second);
        assertThat(remembered()).isEqualTo(before);

        cluster.become(world(POOL, service("a/api"), service("b/other")));
        second.runReady();
        assertThat(cluster.written).noneMatch(line -> line.startsWith("b/other"));
        assertThat(remembered()).isEqualTo(before);
    }

    /** A world in which something is wrong. */
    private static ClusterState readable(String... manifests) {
        Manifests.Read read = Manifests.parse(String.join("\n---\n", manifests), "world.yaml");
        return Manifests.together(read.documents(), read.errors());
    }

    @Test
    void whoWaitsIsServedWhenANamespaceGivesUpAReservationToHaveAnAddressElsewhere() {
        String quota = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: a, annotations: {berth.io/address-quota: '1'}}
            """;
        String full = pool("full", "10.0.2.0/32", "priority: 1")
                .replace("metallb-system}", "metallb-system, annotations: {berth.io/hold-released: 24h}}");
        String other = pool("other", "10.0.3.0/31", "priority: 2, namespaces: [a]");
        start(full, other, quota, service("a/web"));
        change(full, other, quota, service("b/waits"));
        assertThat(cluster.written).noneMatch(line -> line.startsWith("b/waits"));

        change(full, other, quota, service("b/waits"), service("a/new"));
        assertThat(cluster.written).contains("a/new 10.0.3.0 other", "b/waits 10.0.2.0 full");
    }

    @Test
    void aPoolThatNoLongerKeepsAddressesForgetsThemAndGivesThemAway() {
        start(POOL, service("a/web"), service("a/api"));
        change(POOL, service("a/api"), service("b/other"));
        change(pool("pool", "10.0.1.0/31", ""), service("a/api"), service("b/other"));

        assertThat(cluster.written).last().isEqualTo("b/other 10.0.1.0 pool");
        assertThat(remembered()).isEmpty();
    }

    @Test
    void aRecordThatCouldNotBeWrittenIsWrittenOnceTheClusterIsBack() {
        start(POOL, service("a/web"), service("a/api"));
        cluster.breakDown();
        change(POOL, service("a/api"));
        cluster.recover();
        thread.pass(Duration.ofMinutes(2));

        assertThat(remembered()).startsWith("10.0.1.0 a/web 2026-01-02");
    }
}
