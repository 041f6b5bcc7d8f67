package io.berth.allocator;

import static io.berth.allocator.Given.addresses;
import static io.berth.allocator.Given.allocator;
import static io.berth.allocator.Given.avoidingBuggyIps;
import static io.berth.allocator.Given.exactly;
import static io.berth.allocator.Given.excluding;
import static io.berth.allocator.Given.message;
import static io.berth.allocator.Given.namespaces;
import static io.berth.allocator.Given.pool;
import static io.berth.allocator.Given.said;
import static io.berth.allocator.Given.service;
import static io.berth.allocator.Given.verdicts;
import static io.berth.allocator.Given.with;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A request for a pool or an address is honoured in full or refused with the reason. */
class RequestedTest {

    private final Allocator allocator = allocator(
            with(namespaces(1, "team-a"), pool("team-a-ips", "10.0.1.0/28", "2001:db8:1::/64")),
            pool("shared-ips", "10.0.9.0/30", "2001:db8:9::/64"),
            avoidingBuggyIps(pool("careful-ips", "10.0.8.0/24")));

    @Test
    void requestedPoolIsGivenEvenIfAnotherComesFirst() {
        Outcome outcome = allocator.allocate(with(new Wish.FromPool("shared-ips"), service("team-a/web")));
        assertThat(said(outcome)).isEqualTo("Allocated shared-ips 10.0.9.0");
        assertThat(verdicts(outcome))
                .containsExactlyInAnyOrder(
                        "shared-ips Selected", "team-a-ips NotRequested", "careful-ips NotRequested");
    }

    @Test
    void requestedPoolMustExist() {
        Outcome outcome = allocator.allocate(with(new Wish.FromPool("nope"), service("team-a/web")));
        assertThat(said(outcome)).isEqualTo("PoolNotFound");
        assertThat(outcome.message()).isEqualTo("pool nope does not exist");
        assertThat(verdicts(outcome)).hasSize(3).allMatch(verdict -> verdict.endsWith("NotRequested"));
    }

    @Test
    void requestedPoolMustAdmit() {
        Outcome outcome = allocator.allocate(with(new Wish.FromPool("team-a-ips"), service("team-b/web")));
        assertThat(said(outcome)).isEqualTo("NoPoolAdmits");
        assertThat(outcome.message())
                .isEqualTo("pool team-a-ips does not admit this service:"
                        + " namespace team-b is not among the namespaces that the pool lists");
    }

    @Test
    void requestedPoolThatIsFullIsNotReplacedByAnother() {
        for (String name : new String[] {"a", "b", "c", "d"}) {
            allocator.allocate(with(new Wish.FromPool("shared-ips"), service("ns/" + name)));
        }
        assertThat(said(allocator.allocate(with(new Wish.FromPool("shared-ips"), service("ns/e")))))
                .isEqualTo("PoolExhausted");
    }

    @Test
    void requestedPoolWithoutTheFamilyIsToldSo() {
        Outcome outcome =
                allocator.allocate(with(Given.IPV6, with(new Wish.FromPool("careful-ips"), service("ns/web"))));
        assertThat(said(outcome)).isEqualTo("FamilyUnavailable");
        assertThat(verdicts(outcome)).contains("careful-ips FamilyUnavailable");
        assertThat(message(outcome, "careful-ips")).isEqualTo("the pool has no IPv6 addresses");
    }

    @Test
    void requestedAddressIsGiven() {
        Outcome outcome = allocator.allocate(with(exactly("10.0.1.9"), service("team-a/web")));
        assertThat(said(outcome)).isEqualTo("Allocated team-a-ips 10.0.1.9");
        assertThat(verdicts(outcome)).contains("team-a-ips Selected", "shared-ips NotRequested");
    }

    @Test
    void requestedAddressMustLieInAPoolThatAdmits() {
        assertThat(said(allocator.allocate(with(exactly("10.0.1.9"), service("team-b/web")))))
                .isEqualTo("NoPoolAdmits");
    }

    @Test
    void whoHitsUponAnAddressOfAnotherTeamIsNotToldOfItsPool() {
        Allocator allocator = allocator(
                with(namespaces(1, "team-a"), pool("ips-of-a", "10.0.1.0/28")),
                excluding(with(namespaces(1, "team-c"), pool("ips-of-c", "10.0.2.0/28")), "10.0.2.3/32"));
        assertThat(allocator
                        .allocate(with(exactly("10.0.1.9"), service("team-b/web")))
                        .message())
                .isEqualTo("what it asks for, 10.0.1.9, is of a pool that does not admit this service");
        assertThat(allocator
                        .allocate(with(exactly("10.0.2.3"), service("team-b/web")))
                        .message())
                .isEqualTo("address 10.0.2.3 belongs to no pool");
    }

    @Test
    void requestedAddressMustLieInAPool() {
        assertThat(said(allocator.allocate(with(exactly("192.0.2.1"), service("ns/web")))))
                .isEqualTo("AddressNotInPool");
        assertThat(said(allocator().allocate(with(exactly("192.0.2.1"), service("ns/web")))))
                .isEqualTo("AddressNotInPool");
    }

    @Test
    void requestedBuggyAddressOfACarefulPoolIsNotTheirsToGive() {
        Outcome outcome = allocator.allocate(with(exactly("10.0.8.255"), service("ns/web")));
        assertThat(said(outcome)).isEqualTo("AddressNotInPool");
        assertThat(outcome.message())
                .isEqualTo("pool careful-ips leaves out addresses ending in .0 and .255 such as 10.0.8.255");
    }

    @Test
    void requestedAddressInUseIsRefusedWithoutSayingWhoHasIt() {
        allocator.allocate(with(exactly("10.0.9.1"), service("secret/thing")));
        Outcome outcome = allocator.allocate(with(exactly("10.0.9.1"), service("ns/web")));
        assertThat(said(outcome)).isEqualTo("AddressInUse");
        assertThat(outcome.message()).contains("10.0.9.1").doesNotContain("secret", "thing");
        assertThat(outcome.considered().verdicts())
                .noneMatch(verdict -> verdict.message().contains("secret"));
        assertThat(verdicts(outcome)).contains("shared-ips Exhausted");
    }

    @Test
    void inUseIsSaidBeforeNotAdmitted() {
        allocator.allocate(with(exactly("10.0.1.9"), service("team-a/web")));
        assertThat(said(allocator.allocate(with(exactly("10.0.1.9"), service("team-b/web")))))
                .isEqualTo("AddressInUse");
    }

    @Test
    void requestedAddressMustLieInTheRequestedPool() {
        Wish both = new Wish.ExactlyFromPool(addresses("10.0.9.1"), "team-a-ips");
        assertThat(said(allocator.allocate(with(both, service("team-a/web"))))).isEqualTo("AddressNotInPool");
        Wish fits = new Wish.ExactlyFromPool(addresses("10.0.9.1"), "shared-ips");
        assertThat(said(allocator.allocate(with(fits, service("team-a/web")))))
                .isEqualTo("Allocated shared-ips 10.0.9.1");
        Wish nowhere = new Wish.ExactlyFromPool(addresses("10.0.9.2"), "nope");
        assertThat(said(allocator.allocate(with(nowhere, service("team-a/api")))))
                .isEqualTo("PoolNotFound");
    }

    @Test
    void oneAddressOfEachFamilyCanBeRequested() {
        Request dual = with(Given.BOTH, service("team-a/web"));
        assertThat(said(allocator.allocate(with(exactly("2001:db8:1::7", "10.0.1.7"), dual))))
                .isEqualTo("Allocated team-a-ips 2001:db8:1::7, 10.0.1.7");
    }

    @Test
    void contradictoryRequestsAreInvalid() {
        assertThat(reasonFor(Given.IPV4, "10.0.9.1", "10.0.9.2")).isEqualTo("InvalidRequest");
        assertThat(reasonFor(Given.IPV4, "2001:db8:9::1")).isEqualTo("InvalidRequest");
        assertThat(reasonFor(Given.IPV4, "10.0.9.1", "2001:db8:9::1")).isEqualTo("InvalidRequest");
        assertThat(reasonFor(Given.BOTH, "10.0.9.1")).isEqualTo("InvalidRequest");
        assertThat(reasonFor(Given.BOTH, "10.0.9.1", "2001:db8:1::1")).isEqualTo("InvalidRequest");
    }

    private String reasonFor(Families families, String... wanted) {
        return allocator
                .allocate(with(families, with(exactly(wanted), service("team-a/web"))))
                .reason();
    }
}
