package io.berth.allocator;

import static io.berth.allocator.Given.allocator;
import static io.berth.allocator.Given.atMost;
import static io.berth.allocator.Given.denyingOverflow;
import static io.berth.allocator.Given.exactly;
import static io.berth.allocator.Given.fencedIn;
import static io.berth.allocator.Given.granting;
import static io.berth.allocator.Given.message;
import static io.berth.allocator.Given.namespaces;
import static io.berth.allocator.Given.onRequestOnly;
import static io.berth.allocator.Given.pool;
import static io.berth.allocator.Given.pools;
import static io.berth.allocator.Given.priority;
import static io.berth.allocator.Given.said;
import static io.berth.allocator.Given.service;
import static io.berth.allocator.Given.verdicts;
import static io.berth.allocator.Given.with;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A pool with {@code berth.io/overflow: "deny"}: the services that it admits wait for it rather than go to one behind it. */
class OverflowTest {

    private static final Pool BEFORE = with(priority(1), pool("before", "10.0.1.0/32"));
    private static final Pool TINY = denyingOverflow(with(priority(2), pool("tiny", "10.0.2.0/32")));
    private static final Pool BEHIND = pool("behind", "10.0.9.0/28", "2001:db8:9::/124");
    private static final Request WEB = service("ns/web");

    /** An allocator whose pool tiny is full. */
    private static Allocator full(Pool... pools) {
        Allocator allocator = allocator(pools);
        allocator.allocate(with(exactly("10.0.2.0"), service("other/holder")));
        return allocator;
    }

    @Test
    void serviceWaitsForTheFullPoolThatAdmitsIt() {
        Allocator allocator = full(TINY, BEHIND);
        Outcome outcome = allocator.allocate(WEB);
        assertThat(said(outcome)).isEqualTo("PoolExhausted");
        assertThat(outcome.message())
                .isEqualTo("pool tiny is full, and the services that it admits wait for it"
                        + " (its annotation berth.io/overflow)");
        assertThat(verdicts(outcome)).containsExactly("tiny Exhausted", "behind LowerPreference");
        assertThat(message(outcome, "behind"))
                .isEqualTo("pool tiny comes first, and the services that it admits wait for it"
                        + " (its annotation berth.io/overflow)");
        allocator.release(ServiceKey.parse("other/holder"));
        assertThat(said(allocator.allocate(WEB))).isEqualTo("Allocated tiny 10.0.2.0");
    }

    @Test
    void poolBeforeItIsDrawnFromFirst() {
        Allocator allocator = full(BEFORE, TINY, BEHIND);
        assertThat(said(allocator.allocate(WEB))).isEqualTo("Allocated before 10.0.1.0");
        Outcome outcome = allocator.allocate(service("ns/api"));
        assertThat(said(outcome)).isEqualTo("PoolExhausted");
        assertThat(outcome.message()).startsWith("pool tiny is full");
        assertThat(verdicts(outcome)).containsExactly("before Exhausted", "tiny Exhausted", "behind LowerPreference");
    }

    @Test
    void serviceThatItDoesNotAdmitGoesPast() {
        Pool theirs = denyingOverflow(with(namespaces(2, "other"), pool("tiny", "10.0.2.0/32")));
        assertThat(said(full(theirs, BEHIND).allocate(WEB))).isEqualTo("Allocated behind 10.0.9.0");
    }

    @Test
    void serviceOfAFamilyThatItLacksGoesPastFullOrNot() {
        for (Allocator allocator : new Allocator[] {allocator(TINY, BEHIND), full(TINY, BEHIND)}) {
            Outcome outcome = allocator.allocate(with(Given.IPV6, WEB));
            assertThat(said(outcome)).isEqualTo("Allocated behind 2001:db8:9::");
            assertThat(verdicts(outcome)).containsExactly("tiny FamilyUnavailable", "behind Selected");
            Outcome both = allocator.allocate(with(Given.BOTH, service("ns/dual")));
            assertThat(said(both)).isEqualTo("Allocated behind 10.0.9.0, 2001:db8:9::1");
            assertThat(verdicts(both)).containsExactly("tiny FamilyUnavailable", "behind Selected");
        }
    }

    @Test
    void poolThatNeverGivesAnythingKeepsNobodyWaiting() {
        Pool hollow = Given.excluding(TINY, "10.0.2.0/24");
        assertThat(said(allocator(hollow, BEHIND).allocate(WEB))).isEqualTo("Allocated behind 10.0.9.0");
        assertThat(said(allocator(hollow, BEHIND).allocate(with(Given.PREFER_BOTH, WEB))))
                .isEqualTo("Allocated behind 10.0.9.0, 2001:db8:9::");
    }

    @Test
    void poolThatGivesOnRequestOnlyKeepsNobodyWaitingWhoDoesNotAsk() {
        Allocator allocator = full(onRequestOnly(TINY), BEHIND);
        assertThat(said(allocator.allocate(WEB))).isEqualTo("Allocated behind 10.0.9.0");
        assertThat(said(allocator.allocate(with(new Wish.FromPool("tiny"), service("ns/api")))))
                .isEqualTo("PoolExhausted");
    }

    @Test
    void serviceThatAsksForAnotherPoolOrAddressGetsIt() {
        Allocator allocator = full(TINY, BEHIND);
        assertThat(said(allocator.allocate(with(new Wish.FromPool("behind"), service("ns/a")))))
                .isEqualTo("Allocated behind 10.0.9.0");
        assertThat(said(allocator.allocate(with(exactly("10.0.9.9"), service("ns/b")))))
                .isEqualTo("Allocated behind 10.0.9.9");
    }

    @Test
    void serviceThatIsOverThePoolsQuotaWaitsToo() {
        Pool granting = granting(atMost(1), denyingOverflow(with(priority(2), pool("tiny", "10.0.2.0/28"))));
        Allocator allocator = allocator(granting, BEHIND);
        assertThat(said(allocator.allocate(WEB))).isEqualTo("Allocated tiny 10.0.2.0");
        Outcome outcome = allocator.allocate(service("ns/api"));
        assertThat(said(outcome)).isEqualTo("QuotaExceeded");
        assertThat(outcome.message()).contains("namespace ns", "berth.io/namespace-quota");
        assertThat(verdicts(outcome)).containsExactly("tiny QuotaExceeded", "behind LowerPreference");
        allocator.release(WEB.service());
        assertThat(said(allocator.allocate(service("ns/api")))).isEqualTo("Allocated tiny 10.0.2.0");
    }

    @Test
    void reasonIsWhatStandsInTheWayUpToThePoolThatIsWaitedFor() {
        Outcome outcome = full(TINY, granting(atMost(0), BEHIND)).allocate(WEB);
        assertThat(said(outcome)).isEqualTo("PoolExhausted");
        assertThat(outcome.message()).startsWith("pool tiny is full");
        assertThat(verdicts(outcome)).containsExactly("tiny Exhausted", "behind QuotaExceeded");
    }

    @Test
    void serviceThatPrefersBothFamiliesIsServedByThePassThatIsNotBarred() {
        Pool half = denyingOverflow(with(priority(2), pool("half", "10.0.2.0/32", "2001:db8:2::/127")));
        Allocator allocator = full(half, BEHIND);
        Outcome outcome = allocator.allocate(with(Given.PREFER_BOTH, WEB));
        assertThat(said(outcome)).isEqualTo("Allocated half 2001:db8:2::");
        assertThat(said(allocator.allocate(with(Given.BOTH, service("ns/strict")))))
                .isEqualTo("PoolExhausted");
    }

    @Test
    void poolOfOneFamilyBarsThePassOfThatFamilyAlone() {
        Pool six = pool("six", "2001:db8:6::/124");
        assertThat(said(full(TINY, BEHIND).allocate(with(Given.PREFER_BOTH, WEB))))
                .isEqualTo("Allocated behind 10.0.9.0, 2001:db8:9::");
        assertThat(said(full(TINY, six).allocate(with(Given.PREFER_BOTH, WEB))))
                .isEqualTo("Allocated six 2001:db8:6::");
        assertThat(said(full(TINY, pool("four", "10.0.9.0/28")).allocate(with(Given.PREFER_BOTH, WEB))))
                .isEqualTo("PoolExhausted");
    }

    @Test
    void orderOfAFenceSaysWhatIsBehind() {
        Allocator allocator = full(TINY, BEHIND);
        assertThat(said(allocator.allocate(fencedIn(service("ns/a"), "behind", "tiny"))))
                .isEqualTo("Allocated behind 10.0.9.0");
        assertThat(said(allocator.allocate(fencedIn(service("ns/b"), "tiny", "behind"))))
                .isEqualTo("PoolExhausted");
    }

    @Test
    void whoHasAnAddressBehindKeepsIt() {
        Allocator allocator = full(BEHIND, with(priority(2), pool("tiny", "10.0.2.0/32")));
        assertThat(said(allocator.allocate(WEB))).isEqualTo("Allocated behind 10.0.9.0");
        allocator.setPools(pools(TINY, BEHIND));
        assertThat(said(allocator.allocate(WEB))).isEqualTo("Kept behind 10.0.9.0");
        assertThat(said(allocator.allocate(service("ns/api")))).isEqualTo("PoolExhausted");
    }
}
