package io.berth.k8s.allocation;

import static io.berth.k8s.allocation.Given.aged;
import static io.berth.k8s.allocation.Given.namespace;
import static io.berth.k8s.allocation.Given.pool;
import static io.berth.k8s.allocation.Given.service;
import static io.berth.k8s.allocation.Given.world;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.allocation.AllocationSnapshot.Progress;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.loop.KeyedLoop;
import io.berth.k8s.loop.ManualThread;
import io.berth.k8s.resource.ConfigError;
import io.berth.k8s.resource.Warning;
import io.berth.metrics.AllocationMeters;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AllocationLoopTest {

    private static final String POOL = pool("pool", "10.0.1.0/31", "");

    private final FakeCluster cluster = new FakeCluster();
    private final ManualThread thread = new ManualThread();
    private final AllocationLoop loop =
            new AllocationLoop(cluster, AllocationSettings.DEFAULT, new AllocationMeters(System::nanoTime), thread);

    private void start(String... manifests) {
        cluster.become(world(manifests));
        cluster.start(loop);
        loop.lead();
        thread.runReady();
    }

    private void change(String... manifests) {
        cluster.become(world(manifests));
        thread.runReady();
    }

    @Test
    void writesTheAddressAndThePoolAndTellsTheOwner() {
        start(POOL, service("a/web"));

        assertThat(cluster.written).containsExactly("a/web 10.0.1.0 pool");
        assertThat(cluster.told).containsExactly("IPAllocated Service/a/web");
    }

    @Test
    void writesNothingWhereEverythingIsAsItShouldBe() {
        start(POOL, service("a/web", "", "annotations: {metallb.io/ip-allocated-from-pool: pool}", "10.0.1.0"));

        assertThat(cluster.written).isEmpty();
        assertThat(cluster.told).isEmpty();
    }

    @Test
    void writesNothingMoreWhenNothingChangesForTheService() {
        start(POOL, service("a/web"));
        change(POOL, service("a/web", "", "labels: {app: web}", ""), namespace("a", "x: y"));
        change(POOL, service("a/web", "", "labels: {app: web}", ""));

        assertThat(cluster.written).hasSize(1);
        assertThat(cluster.told).hasSize(1);
    }

    @Test
    void addsOnlyThePoolToAnAddressThatAnotherWrote() {
        start(POOL, aged("a/web", 1, "10.0.1.1"));

        assertThat(cluster.written).containsExactly("a/web 10.0.1.1 pool");
        assertThat(cluster.told).isEmpty();
    }

    @Test
    void adoptsEveryHeldAddressBeforeItGivesAny() {
        start(POOL, aged("a/new", 1, ""), aged("a/holder", 2, "10.0.1.0"));

        assertThat(cluster.written).containsExactlyInAnyOrder("a/new 10.0.1.1 pool", "a/holder 10.0.1.0 pool");
    }

    @Test
    void tellsTheOwnerOnceWhyAServiceWaits() {
        start(POOL, aged("a/one", 1, ""), aged("a/two", 2, ""), aged("a/waits", 3, ""));
        change(POOL, aged("a/one", 1, ""), aged("a/two", 2, ""), aged("a/waits", 3, ""), namespace("b", ""));

        assertThat(cluster.told).containsOnlyOnce("AllocationFailed Service/a/waits");
        assertThat(cluster.written).noneMatch(line -> line.startsWith("a/waits"));
    }

    @Test
    void servesWhoWaitsOnceAnAddressComesFree() {
        start(POOL, aged("a/one", 1, ""), aged("a/two", 2, ""), aged("a/waits", 3, ""));
        change(POOL, aged("a/two", 2, ""), aged("a/waits", 3, ""));

        assertThat(cluster.written).last().isEqualTo("a/waits 10.0.1.0 pool");
        assertThat(cluster.told).last().isEqualTo("IPAllocated Service/a/waits");
    }

    @Test
    void clearsTheStatusOfAServiceThatChangedItsType() {
        start(POOL, service("a/web"));
        change(POOL, service("a/web", "type: ClusterIP"));

        assertThat(cluster.written).containsExactly("a/web 10.0.1.0 pool", "a/web");
        assertThat(cluster.told).containsExactly("IPAllocated Service/a/web", "IPReleased Service/a/web");
    }

    @Test
    void neverTouchesAServiceOfAnotherLoadBalancer() {
        start(
                POOL,
                service("a/foreign", "", "", "192.0.2.1"),
                service("a/classy", "loadBalancerClass: other", "", "192.0.2.2"),
                service("a/plain", "type: ClusterIP", "", "192.0.2.3"));

        assertThat(cluster.written).isEmpty();
        assertThat(cluster.told).isEmpty();
    }

    @Test
    void saysWhatWasTakenBackAndWhatWasGivenForIt() {
        start(POOL, service("a/web"));
        change(pool("pool", "10.0.2.0/31", ""), service("a/web"));

        assertThat(cluster.written).containsExactly("a/web 10.0.1.0 pool", "a/web 10.0.2.0 pool");
        assertThat(cluster.told)
                .containsExactly(
                        "IPAllocated Service/a/web", "ClearAssignment Service/a/web", "IPAllocated Service/a/web");
    }

    @Test
    void takesBackWhatNoPoolOwnsAnyMoreWhenThereIsNoOther() {
        start(POOL, service("a/web"));
        change(service("a/web"));

        assertThat(cluster.written).containsExactly("a/web 10.0.1.0 pool", "a/web");
        assertThat(cluster.told)
                .containsExactly(
                        "IPAllocated Service/a/web", "ClearAssignment Service/a/web", "AllocationFailed Service/a/web");
    }

    @Test
    void keepsTheAddressOfARelabelledNamespaceAndSaysSo() {
        String gold = pool("gold", "10.0.9.0/24", "namespaceSelectors: [{matchLabels: {tier: gold}}]");
        start(gold, namespace("a", "tier: gold"), service("a/web"));
        change(gold, namespace("a", "tier: lead"), service("a/web"));

        assertThat(cluster.written).containsExactly("a/web 10.0.9.0 gold");
        assertThat(cluster.told).containsExactly("IPAllocated Service/a/web", "OutOfScope Service/a/web");
    }

    @Test
    void bringsBackAStatusThatSomebodyElseChanged() {
        start(POOL, service("a/web"));
        change(POOL, service("a/web", "", "annotations: {metallb.io/ip-allocated-from-pool: pool}", "10.0.1.1"));

        assertThat(cluster.written).containsExactly("a/web 10.0.1.0 pool", "a/web 10.0.1.0 pool");
    }

    @Test
    void aClusterOutOfReachIsWrittenToOnceItIsBack() {
        cluster.breakDown();
        start(POOL, service("a/web"));
        thread.pass(Duration.ofSeconds(60));
        assertThat(cluster.written).isEmpty();
        assertThat(cluster.told).isEmpty();

        cluster.recover();
        thread.pass(Duration.ofSeconds(60));

        assertThat(cluster.written).containsExactly("a/web 10.0.1.0 pool");
        assertThat(cluster.told).containsExactly("IPAllocated Service/a/web");
        assertThat(thread.waiting()).isZero();
    }

    @Test
    void aDecisionOnAnOldPictureIsNotWrittenOverWhatIsNew() {
        cluster.become(world(POOL, service("a/web")));
        cluster.start(loop);
        loop.lead();
        thread.runReady();
        cluster.stopTelling();
        cluster.become(world(POOL, service("a/web", "", "labels: {v: '2'}", "")));
        loop.changed(ClusterState.EMPTY, ClusterState.EMPTY);
        cluster.become(world(POOL, service("a/web", "loadBalancerIP: 10.0.1.1", "", "")));
        thread.runReady();
        cluster.tellAgain();
        thread.pass(Duration.ofSeconds(60));

        assertThat(cluster.written).containsExactly("a/web 10.0.1.0 pool", "a/web 10.0.1.1 pool");
        assertThat(thread.waiting()).isZero();
    }

    @Test
    void aBurstOfChangesIsFollowedOnce() {
        start(POOL);
        cluster.become(world(POOL, service("a/web")));
        cluster.become(world(POOL));
        cluster.become(world(POOL, service("a/api")));
        thread.runReady();

        assertThat(cluster.written).containsExactly("a/api 10.0.1.0 pool");
    }

    @Test
    void isNotReadyBeforeItHasSeenTheWorld() {
        assertThat(loop.snapshot().progress()).isEqualTo(Progress.STARTING);
        assertThat(loop.snapshot().unready()).hasSize(1);

        start(POOL);

        assertThat(loop.snapshot().progress()).isEqualTo(Progress.SETTLED);
        assertThat(loop.snapshot().unready()).isEmpty();
    }

    @Test
    void showsWhatItDecidedAndHowPoolsAreUsed() {
        start(POOL, service("a/web"), pool("typo", "10.0.9.0/24", "namespaces: [aa]"));

        AllocationSnapshot snapshot = loop.snapshot();
        assertThat(snapshot.services()).extracting(Decided::service).hasToString("[a/web]");
        assertThat(snapshot.pools())
                .extracting(pool -> pool.pool() + " " + pool.ipv4().assigned())
                .containsExactly("typo 0", "pool 1");
        assertThat(snapshot.warnings()).extracting(Warning::reason).contains(Warning.Reason.NAMESPACE_NOT_FOUND);
    }

    @Test
    void whatCannotBeUsedIsShownAndTheRestIsServed() {
        ClusterState bad = world(POOL, service("a/web"));
        ConfigError error = new ConfigError("pool.yaml", "IPAddressPool/bad", "spec.addresses[0]: no CIDR, got 'x'");
        cluster.become(new ClusterState(bad.resources(), bad.warnings(), List.of(error)));
        cluster.start(loop);
        loop.lead();
        thread.runReady();

        assertThat(loop.snapshot().errors()).containsExactly(error);
        assertThat(cluster.written).containsExactly("a/web 10.0.1.0 pool");
    }

    @Test
    void poolsThatOverlapAfterAnEditStayAsTheyWere() {
        start(POOL, service("a/web"));
        change(POOL, pool("late", "10.0.1.0/24", ""), service("a/web"), service("a/api"));
        thread.pass(Duration.ofMillis(200));

        assertThat(loop.snapshot().errors()).extracting(ConfigError::object).containsExactly("IPAddressPool/late");
        assertThat(cluster.written).containsExactly("a/web 10.0.1.0 pool", "a/api 10.0.1.1 pool");
    }

    @Test
    void afterCloseNothingIsWritten() {
        start(POOL);
        loop.close();
        change(POOL, service("a/web"));

        assertThat(cluster.written).isEmpty();
    }

    @Test
    void aDecisionThatChangedWhileItWasBeingWrittenIsWrittenAfter() {
        cluster.keepWaiting();
        start(POOL, service("a/web"));
        assertThat(cluster.unanswered()).isEqualTo(1);

        change(pool("pool", "10.0.2.0/31", ""), service("a/web"));
        assertThat(cluster.unanswered())
                .as("a service is written one at a time")
                .isEqualTo(1);
        cluster.answer();
        thread.pass(Duration.ofSeconds(1));

        assertThat(cluster.written).containsExactly("a/web 10.0.1.0 pool", "a/web 10.0.2.0 pool");
    }

    @Test
    void aWriteThatIsNotAnsweredKeepsNobodyElseWaiting() {
        cluster.keepWaiting();
        start(POOL, service("a/web"));
        change(POOL, service("a/web"), service("a/api"));

        assertThat(cluster.unanswered()).isEqualTo(2);
        thread.pass(Duration.ofMillis(100));
        assertThat(loop.snapshot().services()).hasSize(2);
        cluster.answer();
        thread.runReady();
        assertThat(cluster.written).containsExactly("a/web 10.0.1.0 pool", "a/api 10.0.1.1 pool");
    }

    @Test
    void noMoreIsWrittenAtOnceThanAClusterCanBear() {
        cluster.keepWaiting();
        String[] manifests = IntStream.range(0, 100)
                .mapToObj(number -> number == 0 ? pool("pool", "10.0.1.0/24", "") : service("a/s" + number))
                .toArray(String[]::new);
        start(manifests);
        assertThat(cluster.unanswered()).isEqualTo(KeyedLoop.MOST_UNDER_WAY);

        cluster.answer();
        thread.runReady();
        assertThat(cluster.written).hasSize(99);
    }

    @Test
    void lintsLookAgainWithinASecondWhenServicesChange() {
        String asks = "annotations: {metallb.io/address-pool: poll}";
        start(POOL);
        thread.pass(Duration.ofMillis(100));
        change(POOL, service("a/web", "", asks, ""));
        thread.pass(Duration.ofMillis(800));
        assertThat(loop.snapshot().warnings())
                .extracting(Warning::reason)
                .doesNotContain(Warning.Reason.POOL_NOT_FOUND);

        thread.pass(Duration.ofMillis(200));
        assertThat(loop.snapshot().warnings()).extracting(Warning::reason).contains(Warning.Reason.POOL_NOT_FOUND);
    }

    @Test
    void whatIsShownIsPutTogetherOnceForManyChanges() {
        start(POOL, service("a/web"));
        AllocationSnapshot first = loop.snapshot();
        change(POOL, service("a/web"), service("a/api"));
        change(POOL, service("a/api"));
        assertThat(loop.snapshot()).isSameAs(first);

        thread.pass(Duration.ofMillis(100));
        assertThat(loop.snapshot().services()).extracting(Decided::service).hasToString("[a/api]");
    }
}
