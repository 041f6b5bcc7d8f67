package io.berth.allocator;

import static io.berth.allocator.Given.BOTH;
import static io.berth.allocator.Given.IPV4;
import static io.berth.allocator.Given.IPV6;
import static io.berth.allocator.Given.PREFER_BOTH;
import static io.berth.allocator.Given.allocator;
import static io.berth.allocator.Given.exactly;
import static io.berth.allocator.Given.message;
import static io.berth.allocator.Given.pool;
import static io.berth.allocator.Given.pools;
import static io.berth.allocator.Given.priority;
import static io.berth.allocator.Given.said;
import static io.berth.allocator.Given.service;
import static io.berth.allocator.Given.verdicts;
import static io.berth.allocator.Given.with;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DualStackTest {

    private static final Pool ONLY_IPV4 = with(priority(1), pool("v4", "10.0.4.0/30"));
    private static final Pool ONLY_IPV6 = with(priority(2), pool("v6", "2001:db8:6::/126"));
    private static final Pool DUAL = with(priority(3), pool("dual", "10.0.0.0/31", "2001:db8::/127"));

    @Test
    void singleStackDrawsFromTheFirstPoolOfItsFamily() {
        Outcome outcome = allocator(ONLY_IPV4, ONLY_IPV6, DUAL).allocate(with(IPV6, service("ns/web")));
        assertThat(said(outcome)).isEqualTo("Allocated v6 2001:db8:6::");
        assertThat(verdicts(outcome)).containsExactly("v4 FamilyUnavailable", "v6 Selected", "dual LowerPreference");
    }

    @Test
    void requireDualStackTakesBothFromOnePool() {
        Allocator allocator = allocator(ONLY_IPV4, ONLY_IPV6, DUAL);
        assertThat(said(allocator.allocate(with(BOTH, service("ns/web")))))
                .isEqualTo("Allocated dual 10.0.0.0, 2001:db8::");
    }

    @Test
    void requireDualStackIsRefusedWhereNoPoolHasBoth() {
        assertThat(said(allocator(ONLY_IPV4, ONLY_IPV6).allocate(with(BOTH, service("ns/web")))))
                .isEqualTo("FamilyUnavailable");
    }

    @Test
    void requireDualStackIsRefusedWhereOneFamilyIsUsedUp() {
        Allocator allocator = allocator(DUAL);
        allocator.allocate(service("ns/a"));
        allocator.allocate(service("ns/b"));
        Outcome outcome = allocator.allocate(with(BOTH, service("ns/c")));
        assertThat(said(outcome)).isEqualTo("PoolExhausted");
        assertThat(message(outcome, "dual")).isEqualTo("all 2 IPv4 addresses of the pool are in use");
        assertThat(allocator.usage().getFirst().ipv6().assigned()).isZero();
    }

    @Test
    void preferDualStackTakesBothWhereAPoolCanBeItThePreferredOneOrNot() {
        Outcome outcome = allocator(ONLY_IPV4, ONLY_IPV6, DUAL).allocate(with(PREFER_BOTH, service("ns/web")));
        assertThat(said(outcome)).isEqualTo("Allocated dual 10.0.0.0, 2001:db8::");
        assertThat(verdicts(outcome)).containsExactly("v4 FamilyUnavailable", "v6 FamilyUnavailable", "dual Selected");
    }

    @Test
    void preferDualStackTakesItsFirstFamilyWhereNoPoolHasBoth() {
        Families sixFirst = new Families.PreferBoth(Family.IPV6);
        Allocator allocator = allocator(ONLY_IPV4, ONLY_IPV6);
        assertThat(said(allocator.allocate(with(PREFER_BOTH, service("ns/a"))))).isEqualTo("Allocated v4 10.0.4.0");
        assertThat(said(allocator.allocate(with(sixFirst, service("ns/b"))))).isEqualTo("Allocated v6 2001:db8:6::");
        assertThat(said(allocator(ONLY_IPV4).allocate(with(sixFirst, service("ns/c")))))
                .isEqualTo("Allocated v4 10.0.4.0");
    }

    @Test
    void preferDualStackThatFindsNothingIsToldThatPoolsAreFull() {
        Allocator allocator = allocator(pool("p", "10.0.0.0/32"));
        allocator.allocate(service("ns/a"));
        Outcome outcome = allocator.allocate(with(PREFER_BOTH, service("ns/b")));
        assertThat(said(outcome)).isEqualTo("PoolExhausted");
        assertThat(verdicts(outcome)).containsExactly("p Exhausted");
        assertThat(message(outcome, "p")).isEqualTo("all 1 IPv4 addresses of the pool are in use");
    }

    @Test
    void preferDualStackGetsItsSecondFamilyOnceItsPoolCanGiveItAndKeepsTheFirst() {
        Allocator allocator = allocator(DUAL);
        allocator.allocate(with(IPV6, service("ns/a")));
        allocator.allocate(with(IPV6, service("ns/b")));
        assertThat(said(allocator.allocate(with(PREFER_BOTH, service("ns/web")))))
                .isEqualTo("Allocated dual 10.0.0.0");
        assertThat(said(allocator.allocate(with(PREFER_BOTH, service("ns/web")))))
                .isEqualTo("Kept dual 10.0.0.0");
        allocator.release(ServiceKey.parse("ns/a"));
        Outcome outcome = allocator.allocate(with(PREFER_BOTH, service("ns/web")));
        assertThat(said(outcome)).isEqualTo("Allocated dual 10.0.0.0, 2001:db8::");
        assertThat(outcome.message()).isEqualTo("keeps 10.0.0.0 and got 2001:db8:: from pool dual too");
    }

    @Test
    void serviceThatBecomesDualStackKeepsItsAddress() {
        Allocator allocator = allocator(DUAL);
        allocator.allocate(with(IPV6, service("ns/web")));
        assertThat(said(allocator.allocate(with(BOTH, service("ns/web")))))
                .isEqualTo("Allocated dual 10.0.0.0, 2001:db8::");
    }

    @Test
    void serviceThatBecomesDualStackMovesWhereOnlyAnotherPoolHasBoth() {
        Allocator allocator = allocator(ONLY_IPV4, DUAL);
        allocator.allocate(service("ns/web"));
        assertThat(said(allocator.allocate(with(PREFER_BOTH, service("ns/web")))))
                .isEqualTo("Kept v4 10.0.4.0");
        assertThat(said(allocator.allocate(with(BOTH, service("ns/web")))))
                .isEqualTo("Allocated dual 10.0.0.0, 2001:db8::");
    }

    @Test
    void serviceThatBecomesSingleStackKeepsTheAddressOfItsFamily() {
        Allocator allocator = allocator(DUAL);
        allocator.allocate(with(BOTH, service("ns/web")));
        assertThat(said(allocator.allocate(with(IPV6, service("ns/web"))))).isEqualTo("Kept dual 2001:db8::");
        assertThat(allocator.usage().getFirst().ipv4().assigned()).isZero();
    }

    @Test
    void addressOfAFamilyThatTheServiceNoLongerHasIsReplaced() {
        Allocator allocator = allocator(DUAL);
        allocator.allocate(with(IPV4, service("ns/web")));
        Outcome outcome = allocator.allocate(with(IPV6, service("ns/web")));
        assertThat(said(outcome)).isEqualTo("Reassigned dual 2001:db8::");
        assertThat(outcome.message()).endsWith("; the service has no IPv4 cluster IP any more");
    }

    @Test
    void poolThatLosesOneFamilyTakesOnlyThatAddress() {
        Allocator allocator = allocator(DUAL);
        allocator.allocate(with(PREFER_BOTH, service("ns/web")));
        assertThat(allocator.setPools(pools(pool("dual", "10.0.0.0/31")))).containsExactly(ServiceKey.parse("ns/web"));
        assertThat(said(allocator.allocate(with(PREFER_BOTH, service("ns/web")))))
                .isEqualTo("Kept dual 10.0.0.0");
        allocator.setPools(pools(pool("dual", "10.0.0.0/31", "2001:db8:7::/127")));
        assertThat(said(allocator.allocate(with(PREFER_BOTH, service("ns/web")))))
                .isEqualTo("Reassigned dual 10.0.0.0, 2001:db8:7::");
    }

    @Test
    void oneRequestedAddressIsAllThatAPreferDualStackServiceGets() {
        Request request = with(PREFER_BOTH, with(exactly("10.0.0.1"), service("ns/web")));
        Allocator allocator = allocator(DUAL);
        assertThat(said(allocator.allocate(request))).isEqualTo("Allocated dual 10.0.0.1");
        assertThat(said(allocator.allocate(request))).isEqualTo("Kept dual 10.0.0.1");
    }
}
