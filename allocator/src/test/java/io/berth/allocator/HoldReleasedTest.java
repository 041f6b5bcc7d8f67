package io.berth.allocator;

import static io.berth.allocator.Given.address;
import static io.berth.allocator.Given.atMost;
import static io.berth.allocator.Given.exactly;
import static io.berth.allocator.Given.excluding;
import static io.berth.allocator.Given.granting;
import static io.berth.allocator.Given.holding;
import static io.berth.allocator.Given.namespaces;
import static io.berth.allocator.Given.pool;
import static io.berth.allocator.Given.pools;
import static io.berth.allocator.Given.said;
import static io.berth.allocator.Given.service;
import static io.berth.allocator.Given.sharing;
import static io.berth.allocator.Given.verdicts;
import static io.berth.allocator.Given.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Released addresses stay reserved for their service for as long as the pool says by {@code berth.io/hold-released}. */
class HoldReleasedTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Pool P = holding(HOUR, pool("p", "10.0.0.0/30", "2001:db8::/126"));
    private static final Pool TINY = holding(HOUR, pool("tiny", "10.0.3.0/32"));
    private static final Pool SPARE = pool("spare", "10.0.9.0/28");
    private static final Request WEB = service("ns/web");
    private static final Request API = service("ns/api");

    private static Allocator atNoon(Pool... pools) {
        Allocator allocator = new Allocator(pools(pools), OutOfScope.KEEP);
        allocator.advance(NOON);
        return allocator;
    }

    private static Stream<String> reserved(Allocator allocator) {
        return allocator.reservations().stream()
                .map(reservation -> reservation.address() + " " + reservation.service() + " "
                        + Duration.between(NOON, reservation.until()).toMinutes());
    }

    @Test
    void releasedAddressStaysReservedForItsService() {
        Allocator allocator = atNoon(P);
        allocator.allocate(WEB);
        allocator.release(WEB.service());
        assertThat(reserved(allocator)).containsExactly("10.0.0.0 ns/web 60");
        assertThat(said(allocator.allocate(API))).isEqualTo("Allocated p 10.0.0.1");
        assertThat(said(allocator.allocate(WEB))).isEqualTo("Allocated p 10.0.0.0");
        assertThat(reserved(allocator)).isEmpty();
    }

    @Test
    void poolThatKeepsNothingGivesItToTheNext() {
        Allocator allocator = atNoon(SPARE);
        allocator.allocate(WEB);
        allocator.release(WEB.service());
        assertThat(reserved(allocator)).isEmpty();
        assertThat(allocator.nextEnd()).isEmpty();
        assertThat(said(allocator.allocate(API))).isEqualTo("Allocated spare 10.0.9.0");
    }

    @Test
    void reservationIsForThatNameOfThatNamespaceAlone() {
        Allocator allocator = atNoon(TINY);
        allocator.allocate(WEB);
        allocator.release(WEB.service());
        assertThat(said(allocator.allocate(service("other/web")))).isEqualTo("PoolExhausted");
        assertThat(said(allocator.allocate(API))).isEqualTo("PoolExhausted");
        assertThat(said(allocator.allocate(WEB))).isEqualTo("Allocated tiny 10.0.3.0");
    }

    @Test
    void addressIsFreeAgainWhenTheTimeIsOver() {
        Allocator allocator = atNoon(TINY);
        allocator.allocate(WEB);
        allocator.release(WEB.service());
        assertThat(allocator.nextEnd()).contains(NOON.plus(HOUR));
        assertThat(allocator.advance(NOON.plus(HOUR).minusNanos(1))).isFalse();
        assertThat(said(allocator.allocate(API))).isEqualTo("PoolExhausted");
        assertThat(allocator.advance(NOON.plus(HOUR))).isTrue();
        assertThat(allocator.nextEnd()).isEmpty();
        assertThat(said(allocator.allocate(API))).isEqualTo("Allocated tiny 10.0.3.0");
    }

    @Test
    void askingForAReservedAddressByNameIsRefusedWithoutSayingForWhomItIs() {
        Allocator allocator = atNoon(TINY);
        allocator.allocate(service("secret/thing"));
        allocator.release(ServiceKey.parse("secret/thing"));
        Outcome outcome = allocator.allocate(with(exactly("10.0.3.0"), WEB));
        assertThat(said(outcome)).isEqualTo("AddressInUse");
        assertThat(outcome.message())
                .isEqualTo("address 10.0.3.0 is kept for a while for the service that gave it back");
        assertThat(verdicts(outcome)).containsExactly("tiny Exhausted");
        assertThat(said(allocator.allocate(with(exactly("10.0.3.0"), service("secret/thing")))))
                .isEqualTo("Allocated tiny 10.0.3.0");
    }

    @Test
    void nobodyBeginsToShareAReservedAddress() {
        Allocator allocator = atNoon(TINY);
        allocator.allocate(with(sharing("k", 80), WEB));
        allocator.release(WEB.service());
        assertThat(said(allocator.allocate(with(sharing("k", 81), API)))).isEqualTo("PoolExhausted");
    }

    @Test
    void reservedAddressesAreCountedApart() {
        Allocator allocator = atNoon(P);
        allocator.allocate(with(Given.BOTH, WEB));
        allocator.allocate(API);
        allocator.release(WEB.service());
        PoolUsage usage = allocator.usage().getFirst();
        assertThat(usage.ipv4().assigned()).isEqualTo(1);
        assertThat(usage.ipv4().reserved()).isEqualTo(1);
        assertThat(usage.ipv4().available()).isEqualTo(2);
        assertThat(usage.ipv6().reserved()).isEqualTo(1);
        assertThat(usage.namespaces()).containsOnlyKeys("ns");
        assertThat(usage.namespaces().get("ns")).isEqualTo(new PoolUsage.Held(1, 0));
        allocator.advance(NOON.plus(HOUR));
        assertThat(allocator.usage().getFirst().ipv4().reserved()).isZero();
    }

    @Test
    void reservationsTakeNothingFromTheQuota() {
        Allocator allocator = atNoon(P);
        allocator.allocate(with(atMost(2), WEB));
        allocator.allocate(with(atMost(2), API));
        allocator.release(WEB.service());
        allocator.advance(NOON.plusSeconds(60));
        allocator.release(API.service());
        assertThat(reserved(allocator)).containsExactly("10.0.0.0 ns/web 60", "10.0.0.1 ns/api 61");
        assertThat(said(allocator.allocate(with(atMost(2), service("ns/new"))))).isEqualTo("Allocated p 10.0.0.2");
        assertThat(reserved(allocator)).containsExactly("10.0.0.1 ns/api 61");
        assertThat(said(allocator.allocate(with(atMost(2), service("ns/newer")))))
                .isEqualTo("Allocated p 10.0.0.0");
        assertThat(reserved(allocator)).isEmpty();
    }

    @Test
    void quotaOfThePoolEndsReservationsToo() {
        Allocator allocator = atNoon(granting(atMost(1), P), SPARE);
        allocator.allocate(WEB);
        allocator.release(WEB.service());
        assertThat(said(allocator.allocate(API))).isEqualTo("Allocated p 10.0.0.1");
        assertThat(reserved(allocator)).isEmpty();
    }

    @Test
    void quotaOfOneNamespaceEndsNothingOfAnother() {
        Allocator allocator = atNoon(granting(atMost(1), P));
        allocator.allocate(service("another/web"));
        allocator.release(ServiceKey.parse("another/web"));
        allocator.allocate(WEB);
        assertThat(reserved(allocator)).containsExactly("10.0.0.0 another/web 60");
    }

    @Test
    void addressThatTheNamespaceStillHasOrThatIsReservedTwiceCountsOnce() {
        Allocator allocator = atNoon(granting(atMost(1), P));
        allocator.allocate(with(sharing("k", 80), WEB));
        allocator.allocate(with(sharing("k", 81), API));
        allocator.release(WEB.service());
        assertThat(reserved(allocator)).containsExactly("10.0.0.0 ns/web 60");
        allocator.release(API.service());
        assertThat(reserved(allocator)).containsExactly("10.0.0.0 ns/api 60", "10.0.0.0 ns/web 60");
    }

    @Test
    void addressThatWasTakenAwayIsNotReserved() {
        Allocator allocator = atNoon(P);
        allocator.allocate(WEB);
        allocator.setPools(pools(with(namespaces(1, "another"), P)));
        allocator.release(WEB.service());
        assertThat(reserved(allocator)).isEmpty();
        Allocator strict = new Allocator(pools(P, SPARE), OutOfScope.REASSIGN);
        strict.advance(NOON);
        strict.allocate(WEB);
        strict.setPools(pools(with(namespaces(1, "another"), P), SPARE));
        assertThat(said(strict.allocate(WEB))).isEqualTo("Reassigned spare 10.0.9.0");
        assertThat(reserved(strict)).isEmpty();
    }

    @Test
    void unreadablePoolReservesNothingMoreAndKeepsWhatItPromised() {
        Allocator allocator = atNoon(P);
        allocator.allocate(WEB);
        allocator.allocate(API);
        allocator.release(WEB.service());
        allocator.setPools(pools(with(new Scope.Closed(), P)));
        allocator.release(API.service());
        assertThat(reserved(allocator)).containsExactly("10.0.0.0 ns/web 60");
        assertThat(said(allocator.allocate(WEB))).isEqualTo("NoPoolAdmits");
        allocator.setPools(pools(P));
        assertThat(said(allocator.allocate(service("ns/new")))).isEqualTo("Allocated p 10.0.0.1");
        assertThat(said(allocator.allocate(WEB))).isEqualTo("Allocated p 10.0.0.0");
    }

    @Test
    void editsEndWhatNoPoolOwnsAndCutTheRestToWhatThePoolsSayNow() {
        Allocator allocator = atNoon(P);
        for (String low : List.of("10.0.0.0", "10.0.0.1")) {
            allocator.allocate(with(exactly(low), service("ns/" + low)));
            allocator.release(ServiceKey.parse("ns/" + low));
        }
        allocator.advance(NOON.plus(Duration.ofMinutes(20)));
        allocator.setPools(pools(holding(Duration.ofMinutes(50), P)));
        assertThat(reserved(allocator)).containsExactly("10.0.0.0 ns/10.0.0.0 60", "10.0.0.1 ns/10.0.0.1 60");
        allocator.setPools(pools(holding(Duration.ofMinutes(10), excluding(P, "10.0.0.1/32"))));
        assertThat(reserved(allocator)).containsExactly("10.0.0.0 ns/10.0.0.0 30");
        assertThat(said(allocator.allocate(WEB))).isEqualTo("Allocated p 10.0.0.2");
        allocator.setPools(pools(holding(Duration.ZERO, P)));
        assertThat(reserved(allocator)).isEmpty();
        assertThat(said(allocator.allocate(API))).isEqualTo("Allocated p 10.0.0.0");
    }

    @Test
    void reservationsGoOnWhenTheAddressGoesToAnotherPool() {
        Allocator allocator = atNoon(P);
        allocator.allocate(WEB);
        allocator.release(WEB.service());
        allocator.setPools(pools(holding(HOUR, pool("renamed", "10.0.0.0/24"))));
        assertThat(said(allocator.allocate(API))).isEqualTo("Allocated renamed 10.0.0.1");
        assertThat(said(allocator.allocate(WEB))).isEqualTo("Allocated renamed 10.0.0.0");
    }

    @Test
    void reservationsSurviveARestart() {
        Allocator allocator = atNoon(P);
        allocator.allocate(WEB);
        allocator.release(WEB.service());
        Allocator restarted = restarted(allocator, NOON.plus(Duration.ofMinutes(59)), P);
        assertThat(reserved(restarted)).containsExactly("10.0.0.0 ns/web 60");
        assertThat(said(restarted.allocate(API))).isEqualTo("Allocated p 10.0.0.1");
        assertThat(said(restarted.allocate(WEB))).isEqualTo("Allocated p 10.0.0.0");
        assertThat(reserved(restarted(allocator, NOON.plus(HOUR), P))).isEmpty();
        assertThat(reserved(restarted(allocator, NOON, SPARE))).isEmpty();
        assertThat(reserved(restarted(allocator, NOON, holding(Duration.ofMinutes(1), P))))
                .containsExactly("10.0.0.0 ns/web 1");
    }

    private static Allocator restarted(Allocator before, Instant now, Pool... pools) {
        Allocator allocator = new Allocator(pools(pools), OutOfScope.KEEP);
        allocator.advance(now);
        before.reservations().forEach(allocator::restore);
        return allocator;
    }

    @Test
    void whatIsHeldComesBeforeWhatIsReservedInWhateverOrderTheyAreRestored() {
        Reservation stale = new Reservation(address("10.0.0.2"), WEB.service(), NOON.plusSeconds(60));
        Allocator first = atNoon(P);
        first.restore(stale);
        assertThat(first.restore(API, Given.addresses("10.0.0.2"))).isTrue();
        Allocator last = atNoon(P);
        assertThat(last.restore(API, Given.addresses("10.0.0.2"))).isTrue();
        last.restore(stale);
        for (Allocator allocator : List.of(first, last)) {
            assertThat(said(allocator.allocate(API))).isEqualTo("Kept p 10.0.0.2");
            assertThat(allocator.usage().getFirst().ipv4().reserved()).isZero();
            assertThat(said(allocator.allocate(WEB))).isEqualTo("Allocated p 10.0.0.0");
        }
    }

    @Test
    void nothingIsReservedForAServiceThatHasIt() {
        Allocator allocator = atNoon(P);
        allocator.restore(WEB, Given.addresses("10.0.0.2"));
        allocator.restore(new Reservation(address("10.0.0.2"), WEB.service(), NOON.plusSeconds(60)));
        assertThat(reserved(allocator)).isEmpty();
    }

    @Test
    void serviceThatLosesNothingByAnEditIsNotReassignedLater() {
        Pool six = pool("six", "2001:db8:6::/126");
        Pool four = holding(HOUR, pool("four", "10.0.0.0/30"));
        Allocator allocator = atNoon(four, six);
        Request dual = with(Given.BOTH, with(sharing("k", 80), WEB));
        allocator.restore(dual, Given.addresses("10.0.0.0", "2001:db8:6::"));
        allocator.restore(with(sharing("k", 81), API), Given.addresses("10.0.0.0"));
        allocator.release(API.service());
        assertThat(allocator.setPools(pools(four, pool("six", "2001:db8:6::/125"))))
                .isEmpty();
        assertThat(said(allocator.allocate(dual))).isEqualTo("Kept four 10.0.0.0, 2001:db8:6::");
        assertThat(said(allocator.allocate(with(exactly("10.0.0.1"), with(Given.IPV4, dual)))))
                .isEqualTo("Allocated four 10.0.0.1");
    }

    @Test
    void timeIsNotHeldBackwards() {
        assertThatThrownBy(() -> holding(Duration.ofSeconds(-1), P)).isInstanceOf(IllegalArgumentException.class);
    }
}
