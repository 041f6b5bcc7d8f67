package io.berth.allocator;

import static io.berth.allocator.Given.addresses;
import static io.berth.allocator.Given.allocator;
import static io.berth.allocator.Given.exactly;
import static io.berth.allocator.Given.message;
import static io.berth.allocator.Given.namespaces;
import static io.berth.allocator.Given.pool;
import static io.berth.allocator.Given.pools;
import static io.berth.allocator.Given.said;
import static io.berth.allocator.Given.service;
import static io.berth.allocator.Given.sharing;
import static io.berth.allocator.Given.verdicts;
import static io.berth.allocator.Given.with;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A pool whose IPAddressPool cannot be read: it gives nothing until that is mended, and takes nothing away. */
class ClosedPoolTest {

    private static final Pool POOL = with(namespaces(1, "ns"), pool("p", "10.0.0.0/29", "2001:db8::/125"));
    private static final Pool CLOSED = with(new Scope.Closed(), POOL);
    private static final Pool OTHER = pool("q", "10.0.1.0/29");
    private static final Request WEB = service("ns/web");

    @Test
    void closedPoolGivesNothingByWhateverWay() {
        Allocator allocator = allocator(CLOSED);
        for (Wish wish : new Wish[] {new Wish.Any(), new Wish.FromPool("p"), exactly("10.0.0.1")}) {
            assertThat(said(allocator.allocate(with(wish, WEB)))).isEqualTo("NoPoolAdmits");
        }
    }

    @Test
    void serviceIsToldOfItAndServedByTheNextPool() {
        Outcome outcome = allocator(CLOSED, OTHER).allocate(WEB);
        assertThat(said(outcome)).isEqualTo("Allocated q 10.0.1.0");
        assertThat(verdicts(outcome)).containsExactly("q Selected", "p NamespaceNotAllowed");
        assertThat(message(outcome, "p")).isEqualTo("the pool gives nothing until its IPAddressPool can be read again");
    }

    @Test
    void nobodyJoinsAnAddressOfIt() {
        Allocator allocator = allocator(POOL);
        allocator.allocate(with(sharing("k", 80), WEB));
        allocator.setPools(pools(CLOSED));
        assertThat(said(allocator.allocate(with(sharing("k", 81), service("ns/api")))))
                .isEqualTo("NoPoolAdmits");
    }

    @Test
    void whoHasAnAddressOfItKeepsThatWhateverThePolicy() {
        for (OutOfScope policy : OutOfScope.values()) {
            Allocator allocator = new Allocator(pools(POOL, OTHER), policy);
            allocator.allocate(WEB);
            assertThat(allocator.setPools(pools(CLOSED, OTHER))).isEmpty();
            Outcome outcome = allocator.allocate(WEB);
            assertThat(said(outcome)).isEqualTo("KeptOutOfScope p 10.0.0.0");
            assertThat(outcome.message()).contains("its IPAddressPool can be read again");
            allocator.setPools(pools(POOL, OTHER));
            assertThat(said(allocator.allocate(WEB))).isEqualTo("Kept p 10.0.0.0");
        }
    }

    @Test
    void whatIsHeldOfItIsRestored() {
        Allocator allocator = allocator(CLOSED);
        assertThat(allocator.restore(WEB, addresses("10.0.0.3"))).isTrue();
        assertThat(said(allocator.allocate(WEB))).isEqualTo("KeptOutOfScope p 10.0.0.3");
        assertThat(allocator.usage().getFirst().ipv4().assigned()).isEqualTo(1);
    }

    @Test
    void secondFamilyIsAddedWhenItIsOpenAgain() {
        Allocator allocator = allocator(CLOSED);
        Request dual = with(Given.PREFER_BOTH, WEB);
        allocator.restore(dual, addresses("10.0.0.3"));
        assertThat(said(allocator.allocate(dual))).isEqualTo("KeptOutOfScope p 10.0.0.3");
        allocator.setPools(pools(POOL));
        assertThat(said(allocator.allocate(dual))).isEqualTo("Allocated p 10.0.0.3, 2001:db8::");
    }

    @Test
    void whoAsksForSomethingElseMovesOutOfIt() {
        Allocator allocator = allocator(POOL, OTHER);
        allocator.allocate(WEB);
        allocator.setPools(pools(CLOSED, OTHER));
        assertThat(said(allocator.allocate(with(new Wish.FromPool("q"), WEB)))).isEqualTo("Allocated q 10.0.1.0");
        assertThat(said(allocator.allocate(with(new Wish.FromPool("p"), WEB))))
                .isEqualTo("KeptRequestUnmet q 10.0.1.0");
    }
}
