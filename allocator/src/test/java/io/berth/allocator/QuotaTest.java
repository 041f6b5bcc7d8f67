package io.berth.allocator;

import static io.berth.allocator.Given.addresses;
import static io.berth.allocator.Given.allocator;
import static io.berth.allocator.Given.atMost;
import static io.berth.allocator.Given.exactly;
import static io.berth.allocator.Given.granting;
import static io.berth.allocator.Given.message;
import static io.berth.allocator.Given.pool;
import static io.berth.allocator.Given.pools;
import static io.berth.allocator.Given.priority;
import static io.berth.allocator.Given.said;
import static io.berth.allocator.Given.service;
import static io.berth.allocator.Given.sharing;
import static io.berth.allocator.Given.sharingAcrossNamespaces;
import static io.berth.allocator.Given.verdicts;
import static io.berth.allocator.Given.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * How many addresses a namespace may have: over all pools by its own annotation {@code berth.io/address-quota}, of one pool by that
 * pool's {@code berth.io/namespace-quota}.
 */
class QuotaTest {

    private static final Pool DUAL = pool("dual", "10.0.0.0/28", "2001:db8::/124");
    private static final Pool FIRST = with(priority(1), pool("first", "10.0.1.0/28"));

    private static Request limited(String service, int addresses) {
        return with(atMost(addresses), service(service));
    }

    @Test
    void namespaceHasAtMostItsQuotaOfAllPoolsTogether() {
        Allocator allocator = allocator(FIRST, DUAL);
        assertThat(said(allocator.allocate(limited("ns/a", 2)))).isEqualTo("Allocated first 10.0.1.0");
        assertThat(said(allocator.allocate(with(new Wish.FromPool("dual"), limited("ns/b", 2)))))
                .isEqualTo("Allocated dual 10.0.0.0");
        Outcome outcome = allocator.allocate(limited("ns/c", 2));
        assertThat(said(outcome)).isEqualTo("QuotaExceeded");
        assertThat(outcome.message())
                .isEqualTo("namespace ns has 2 of its 2 addresses (its annotation berth.io/address-quota)");
        assertThat(verdicts(outcome)).containsExactly("first QuotaExceeded", "dual QuotaExceeded");
        assertThat(said(allocator.allocate(limited("other/a", 2)))).isEqualTo("Allocated first 10.0.1.1");
    }

    @Test
    void namespaceHasAtMostThePoolsQuotaOfThePoolAndTheNextPoolAfterThat() {
        Allocator allocator = allocator(granting(atMost(1), FIRST), DUAL);
        assertThat(said(allocator.allocate(service("ns/a")))).isEqualTo("Allocated first 10.0.1.0");
        Outcome outcome = allocator.allocate(service("ns/b"));
        assertThat(said(outcome)).isEqualTo("Allocated dual 10.0.0.0");
        assertThat(verdicts(outcome)).containsExactly("first QuotaExceeded", "dual Selected");
        assertThat(message(outcome, "first"))
                .isEqualTo("namespace ns has 1 of the 1 addresses that the pool gives one namespace"
                        + " (its annotation berth.io/namespace-quota)");
        assertThat(said(allocator.allocate(service("other/a")))).isEqualTo("Allocated first 10.0.1.1");
    }

    @Test
    void eachFamilyCounts() {
        Allocator allocator = allocator(DUAL);
        assertThat(said(allocator.allocate(with(Given.BOTH, limited("ns/a", 3)))))
                .isEqualTo("Allocated dual 10.0.0.0, 2001:db8::");
        assertThat(said(allocator.allocate(with(Given.BOTH, limited("ns/b", 3)))))
                .isEqualTo("QuotaExceeded");
        assertThat(said(allocator.allocate(with(Given.PREFER_BOTH, limited("ns/b", 3)))))
                .isEqualTo("Allocated dual 10.0.0.1");
        assertThat(said(allocator.allocate(with(Given.IPV6, limited("ns/c", 3)))))
                .isEqualTo("QuotaExceeded");
    }

    @Test
    void secondFamilyIsAddedWhereTheQuotaLeavesRoom() {
        Allocator allocator = allocator(DUAL);
        Request dual = with(Given.PREFER_BOTH, service("ns/a"));
        allocator.allocate(with(atMost(1), dual));
        assertThat(said(allocator.allocate(with(atMost(1), dual)))).isEqualTo("Kept dual 10.0.0.0");
        assertThat(said(allocator.allocate(with(atMost(2), dual)))).isEqualTo("Allocated dual 10.0.0.0, 2001:db8::");
    }

    @Test
    void addressThatServicesOfTheNamespaceShareCountsOnce() {
        Allocator allocator = allocator(granting(atMost(1), DUAL));
        allocator.allocate(with(sharing("k", 80), limited("ns/a", 1)));
        assertThat(said(allocator.allocate(with(sharing("k", 81), limited("ns/b", 1)))))
                .isEqualTo("Allocated dual 10.0.0.0");
        allocator.release(ServiceKey.parse("ns/a"));
        assertThat(said(allocator.allocate(limited("ns/c", 1)))).isEqualTo("QuotaExceeded");
        allocator.release(ServiceKey.parse("ns/b"));
        assertThat(said(allocator.allocate(limited("ns/c", 1)))).isEqualTo("Allocated dual 10.0.0.0");
    }

    @Test
    void addressThatIsSharedWithAnotherNamespaceCountsForBoth() {
        Allocator allocator = allocator(DUAL);
        allocator.allocate(with(sharingAcrossNamespaces("k", 80), service("other/a")));
        assertThat(said(allocator.allocate(with(sharingAcrossNamespaces("k", 81), limited("ns/a", 1)))))
                .isEqualTo("Allocated dual 10.0.0.0");
        assertThat(said(allocator.allocate(limited("ns/b", 1)))).isEqualTo("QuotaExceeded");
    }

    @Test
    void serviceAtTheQuotaIsGivenAnAddressThatItsNamespaceSharesAlready() {
        Allocator allocator = allocator(DUAL);
        allocator.allocate(service("other/a"));
        allocator.allocate(with(sharing("k", 80), limited("ns/a", 1)));
        allocator.release(ServiceKey.parse("other/a"));
        assertThat(said(allocator.allocate(with(sharing("k", 81), limited("ns/b", 1)))))
                .isEqualTo("Allocated dual 10.0.0.1");
        assertThat(said(allocator.allocate(with(sharing("k", 82), limited("ns/c", 2)))))
                .isEqualTo("Allocated dual 10.0.0.0");
    }

    @Test
    void eachFamilyIsSharedOrNewAsTheQuotaAllows() {
        Allocator allocator = allocator(DUAL);
        allocator.restore(with(sharing("k", 80), service("ns/a")), addresses("10.0.0.5"));
        assertThat(said(allocator.allocate(with(sharing("k", 81), with(Given.BOTH, limited("ns/b", 2))))))
                .isEqualTo("Allocated dual 10.0.0.5, 2001:db8::");
    }

    @Test
    void namedAddressesCountToo() {
        Allocator allocator = allocator(granting(atMost(1), DUAL));
        allocator.allocate(service("ns/a"));
        Outcome outcome = allocator.allocate(with(exactly("10.0.0.7"), service("ns/b")));
        assertThat(said(outcome)).isEqualTo("QuotaExceeded");
        assertThat(outcome.message()).contains("namespace ns", "berth.io/namespace-quota");
        assertThat(verdicts(outcome)).containsExactly("dual QuotaExceeded");
        Outcome pool = allocator.allocate(with(new Wish.FromPool("dual"), service("ns/b")));
        assertThat(said(pool)).isEqualTo("QuotaExceeded");
    }

    @Test
    void serviceAtTheQuotaMayExchangeWhatItHas() {
        Allocator allocator = allocator(granting(atMost(1), DUAL), FIRST);
        allocator.allocate(limited("ns/a", 1));
        assertThat(said(allocator.allocate(with(exactly("10.0.0.7"), limited("ns/a", 1)))))
                .isEqualTo("Allocated dual 10.0.0.7");
        assertThat(said(allocator.allocate(with(new Wish.FromPool("first"), limited("ns/a", 1)))))
                .isEqualTo("Allocated first 10.0.1.0");
    }

    @Test
    void exchangeThatLeavesASharedAddressToOthersRaisesTheCount() {
        Allocator allocator = allocator(DUAL);
        allocator.allocate(with(sharing("k", 80), limited("ns/a", 1)));
        Request second = with(sharing("k", 81), limited("ns/b", 1));
        allocator.allocate(second);
        assertThat(said(allocator.allocate(with(exactly("10.0.0.7"), second))))
                .isEqualTo("KeptRequestUnmet dual 10.0.0.0");
    }

    @Test
    void lowerQuotaTakesNothingAwayAndGivesNothingMore() {
        Allocator allocator = allocator(DUAL);
        for (String name : List.of("a", "b", "c")) {
            allocator.allocate(service("ns/" + name));
        }
        for (String name : List.of("a", "b", "c")) {
            assertThat(said(allocator.allocate(limited("ns/" + name, 1)))).startsWith("Kept dual");
        }
        assertThat(said(allocator.allocate(limited("ns/d", 1)))).isEqualTo("QuotaExceeded");
        assertThat(said(allocator.allocate(with(exactly("10.0.0.9"), limited("ns/c", 1)))))
                .isEqualTo("Allocated dual 10.0.0.9");
        allocator.setPools(pools(granting(atMost(0), DUAL)));
        assertThat(said(allocator.allocate(service("ns/a")))).isEqualTo("Kept dual 10.0.0.0");
        assertThat(said(allocator.allocate(service("other/a")))).isEqualTo("QuotaExceeded");
    }

    @Test
    void whatIsHeldAboveTheQuotaIsRestored() {
        Allocator allocator = allocator(granting(atMost(1), DUAL));
        assertThat(allocator.restore(limited("ns/a", 1), addresses("10.0.0.1"))).isTrue();
        assertThat(allocator.restore(limited("ns/b", 1), addresses("10.0.0.2"))).isTrue();
        assertThat(said(allocator.allocate(limited("ns/b", 1)))).isEqualTo("Kept dual 10.0.0.2");
    }

    @Test
    void replacementOfALostAddressIsAboveNoQuota() {
        Allocator allocator = allocator(FIRST);
        allocator.allocate(limited("ns/a", 1));
        allocator.setPools(pools(DUAL));
        assertThat(said(allocator.allocate(limited("ns/a", 1)))).isEqualTo("Reassigned dual 10.0.0.0");
    }

    @Test
    void unreadableQuotaGivesNothingNewAndTakesNothingAway() {
        Allocator allocator = allocator(DUAL);
        allocator.allocate(with(sharing("k", 80), service("ns/a")));
        Outcome outcome = allocator.allocate(with(new Quota.Unreadable(), service("ns/b")));
        assertThat(said(outcome)).isEqualTo("QuotaExceeded");
        assertThat(outcome.message())
                .isEqualTo("the annotation berth.io/address-quota of namespace ns cannot be read,"
                        + " so it gets no address more until that is mended");
        assertThat(said(allocator.allocate(with(sharing("k", 80), with(new Quota.Unreadable(), service("ns/a"))))))
                .isEqualTo("Kept dual 10.0.0.0");
        assertThat(said(allocator.allocate(with(sharing("k", 81), with(new Quota.Unreadable(), service("ns/b"))))))
                .isEqualTo("Allocated dual 10.0.0.0");
    }

    @Test
    void unreadableQuotaOfAPoolIsPassedOverForTheNextPool() {
        Allocator allocator = allocator(granting(new Quota.Unreadable(), FIRST), DUAL);
        Outcome outcome = allocator.allocate(service("ns/a"));
        assertThat(said(outcome)).isEqualTo("Allocated dual 10.0.0.0");
        assertThat(message(outcome, "first"))
                .isEqualTo("the annotation berth.io/namespace-quota of the pool cannot be read");
    }

    @Test
    void overQuotaIsSaidBeforeFull() {
        Allocator allocator = allocator(with(priority(1), pool("tiny", "10.0.2.0/32")), granting(atMost(0), DUAL));
        allocator.allocate(service("other/a"));
        Outcome outcome = allocator.allocate(service("ns/a"));
        assertThat(said(outcome)).isEqualTo("QuotaExceeded");
        assertThat(verdicts(outcome)).containsExactly("tiny Exhausted", "dual QuotaExceeded");
    }

    @Test
    void messagesSayHowMuchTheOwnNamespaceHasAndNothingOfOthers() {
        Allocator allocator = allocator(granting(atMost(2), DUAL));
        allocator.allocate(with(sharingAcrossNamespaces("k", 80), service("secret/a")));
        allocator.allocate(service("secret/b"));
        allocator.allocate(service("ns/a"));
        allocator.allocate(service("ns/b"));
        Outcome outcome = allocator.allocate(service("ns/c"));
        assertThat(outcome.message()).contains("namespace ns has 2 of the 2").doesNotContain("secret");
    }

    @Test
    void quotaOfNoneIsAQuotaAndANegativeOneIsNot() {
        Allocator allocator = allocator(DUAL);
        assertThat(said(allocator.allocate(limited("ns/a", 0)))).isEqualTo("QuotaExceeded");
        assertThatThrownBy(() -> atMost(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
