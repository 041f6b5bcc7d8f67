package io.berth.allocator;

import static io.berth.allocator.Given.address;
import static io.berth.allocator.Given.allocator;
import static io.berth.allocator.Given.avoidingBuggyIps;
import static io.berth.allocator.Given.exactly;
import static io.berth.allocator.Given.excluding;
import static io.berth.allocator.Given.message;
import static io.berth.allocator.Given.pool;
import static io.berth.allocator.Given.pools;
import static io.berth.allocator.Given.said;
import static io.berth.allocator.Given.service;
import static io.berth.allocator.Given.verdicts;
import static io.berth.allocator.Given.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Addresses that a pool never gives out, by its annotation {@code berth.io/exclude}: as if they were not the pool's. */
class ExcludeTest {

    private static final Pool P = pool("p", "10.0.0.0/29");
    private static final Request WEB = service("ns/web");

    /** The addresses that services get one after the other, until there are none. */
    private static List<String> given(Pool pool) {
        Allocator allocator = allocator(pool);
        return IntStream.range(0, 20)
                .mapToObj(i -> said(allocator.allocate(service("ns/s" + i))))
                .takeWhile(said -> !said.equals("PoolExhausted"))
                .map(said -> said.substring("Allocated p ".length()))
                .toList();
    }

    @Test
    void excludedAddressesAreNeverGiven() {
        assertThat(given(excluding(P, "10.0.0.1-10.0.0.1", "10.0.0.4/31")))
                .containsExactly("10.0.0.0", "10.0.0.2", "10.0.0.3", "10.0.0.6", "10.0.0.7");
    }

    @Test
    void excludedEndsMakeTheRangeShorter() {
        assertThat(given(excluding(P, "10.0.0.0/31", "10.0.0.7-10.0.0.9")))
                .containsExactly("10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.6");
    }

    @Test
    void exclusionsMayOverlapReachOverSeveralEntriesAndLieAnywhere() {
        Pool pool = excluding(
                pool("p", "10.0.1.0/31", "10.0.0.0/30", "2001:db8::/126"),
                "10.0.0.2-10.0.1.0",
                "10.0.0.1-10.0.0.2",
                "192.0.2.0/24",
                "2001:db8::/128");
        assertThat(given(pool)).containsExactly("10.0.1.1", "10.0.0.0");
        assertThat(pool.total(Family.IPV6)).isEqualTo(3);
    }

    @Test
    void buggyAddressesAreLeftOutBesides() {
        Pool pool =
                excluding(avoidingBuggyIps(pool("p", "10.0.0.252-10.0.1.3")), "10.0.0.253-10.0.0.254", "10.0.1.2/32");
        assertThat(given(pool)).containsExactly("10.0.0.252", "10.0.1.1", "10.0.1.3");
        assertThat(pool.total(Family.IPV4)).isEqualTo(3);
    }

    @Test
    void totalsLeaveThemOut() {
        Allocator allocator = allocator(excluding(P, "10.0.0.1-10.0.0.3", "10.0.9.0/24"));
        PoolUsage.Count count = allocator.usage().getFirst().ipv4();
        assertThat(count.total()).isEqualTo(5);
        assertThat(count.available()).isEqualTo(5);
    }

    @Test
    void requestForOneIsRefusedWithTheReason() {
        Outcome outcome = allocator(excluding(P, "10.0.0.3/32")).allocate(with(exactly("10.0.0.3"), WEB));
        assertThat(said(outcome)).isEqualTo("AddressNotInPool");
        assertThat(outcome.message()).isEqualTo("pool p never gives out 10.0.0.3 (its annotation berth.io/exclude)");
    }

    @Test
    void holderOfOneIsReassigned() {
        Allocator allocator = allocator(P);
        allocator.allocate(WEB);
        allocator.allocate(service("ns/api"));
        assertThat(allocator.setPools(pools(excluding(P, "10.0.0.0/32")))).containsExactly(WEB.service());
        Outcome outcome = allocator.allocate(WEB);
        assertThat(said(outcome)).isEqualTo("Reassigned p 10.0.0.2");
        assertThat(outcome.message()).endsWith("; no pool owns 10.0.0.0 any more");
        assertThat(said(allocator.allocate(service("ns/api")))).isEqualTo("Kept p 10.0.0.1");
    }

    @Test
    void oneIsNotRestored() {
        Allocator allocator = allocator(excluding(P, "10.0.0.3/32"));
        assertThat(allocator.restore(WEB, Given.addresses("10.0.0.3"))).isFalse();
        assertThat(allocator.owns(address("10.0.0.3"))).isFalse();
        assertThat(allocator.owns(address("10.0.0.2"))).isTrue();
    }

    @Test
    void oneThatIsExcludedNoLongerIsGivenAgain() {
        Allocator allocator = allocator(excluding(P, "10.0.0.0/32"));
        allocator.allocate(WEB);
        assertThat(allocator.setPools(pools(P))).isEmpty();
        assertThat(said(allocator.allocate(WEB))).isEqualTo("Kept p 10.0.0.1");
        assertThat(said(allocator.allocate(service("ns/api")))).isEqualTo("Allocated p 10.0.0.0");
    }

    @Test
    void poolOfWhichEverythingIsExcludedHasNoAddressesOfThatFamily() {
        Allocator allocator = allocator(excluding(pool("p", "10.0.0.0/30", "2001:db8::/126"), "10.0.0.0/24"));
        Outcome outcome = allocator.allocate(WEB);
        assertThat(said(outcome)).isEqualTo("FamilyUnavailable");
        assertThat(message(outcome, "p")).isEqualTo("the pool has no IPv4 addresses");
        assertThat(said(allocator.allocate(with(Given.PREFER_BOTH, WEB)))).isEqualTo("Allocated p 2001:db8::");
    }

    @Test
    void poolThatHasNothingLeftIsNoFullPool() {
        Outcome outcome = allocator(excluding(P, "10.0.0.0/24")).allocate(with(Given.PREFER_BOTH, WEB));
        assertThat(said(outcome)).isEqualTo("FamilyUnavailable");
        assertThat(verdicts(outcome)).containsExactly("p FamilyUnavailable");
    }
}
