package io.berth.allocator;

import static io.berth.allocator.Given.denyingOverflow;
import static io.berth.allocator.Given.exactly;
import static io.berth.allocator.Given.holding;
import static io.berth.allocator.Given.message;
import static io.berth.allocator.Given.namespaces;
import static io.berth.allocator.Given.pool;
import static io.berth.allocator.Given.pools;
import static io.berth.allocator.Given.priority;
import static io.berth.allocator.Given.said;
import static io.berth.allocator.Given.service;
import static io.berth.allocator.Given.sharing;
import static io.berth.allocator.Given.verdicts;
import static io.berth.allocator.Given.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A service gets the address back that is reserved for it, before any other and from whatever pool. */
class ComingBackTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Pool P = holding(HOUR, pool("p", "10.0.0.0/30", "2001:db8::/126"));
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
    void serviceThatMovesByItsOwnWishMayComeBack() {
        Allocator allocator = atNoon(P, SPARE);
        allocator.allocate(WEB);
        allocator.allocate(with(new Wish.FromPool("spare"), WEB));
        assertThat(reserved(allocator)).containsExactly("10.0.0.0 ns/web 60");
        assertThat(said(allocator.allocate(API))).isEqualTo("Allocated p 10.0.0.1");
        assertThat(said(allocator.allocate(with(new Wish.FromPool("p"), WEB)))).isEqualTo("Allocated p 10.0.0.0");
    }

    @Test
    void serviceComesBackToItsAddressBeforeAnyOtherPool() {
        Pool first = with(priority(1), SPARE);
        Allocator allocator = atNoon(first, P);
        allocator.restore(WEB, Given.addresses("10.0.0.2"));
        allocator.release(WEB.service());
        Outcome outcome = allocator.allocate(WEB);
        assertThat(said(outcome)).isEqualTo("Allocated p 10.0.0.2");
        assertThat(verdicts(outcome)).containsExactly("spare LowerPreference", "p Selected");
        assertThat(message(outcome, "spare")).isEqualTo("pool p comes first: the service comes back to it");
    }

    @Test
    void serviceComesBackPastAPoolThatDeniesOverflow() {
        Pool first = denyingOverflow(with(priority(1), pool("first", "10.0.9.0/32")));
        Allocator allocator = atNoon(first, P);
        allocator.restore(WEB, Given.addresses("10.0.0.2"));
        allocator.allocate(API);
        allocator.release(WEB.service());
        assertThat(said(allocator.allocate(WEB))).isEqualTo("Allocated p 10.0.0.2");
    }

    @Test
    void serviceDoesNotComeBackToAPoolThatDoesNotAdmitItAnyMore() {
        Allocator allocator = atNoon(P, SPARE);
        allocator.allocate(WEB);
        allocator.release(WEB.service());
        allocator.setPools(pools(with(namespaces(1, "another"), P), SPARE));
        assertThat(said(allocator.allocate(WEB))).isEqualTo("Allocated spare 10.0.9.0");
        assertThat(said(allocator.allocate(service("another/web")))).isEqualTo("Allocated p 10.0.0.1");
    }

    @Test
    void addressOfAFamilyThatTheServiceDoesNotWantDrawsItNowhere() {
        Pool first = with(priority(1), SPARE);
        Allocator allocator = atNoon(first, P);
        allocator.allocate(with(Given.IPV6, WEB));
        allocator.release(WEB.service());
        assertThat(said(allocator.allocate(WEB))).isEqualTo("Allocated spare 10.0.9.0");
    }

    @Test
    void serviceThatNowNeedsBothFamiliesIsNotHeldUpByThePoolThatKeepsOne() {
        Pool first = with(priority(1), pool("first", "10.0.1.0/30", "2001:db8:1::/126"));
        Pool second =
                denyingOverflow(with(priority(2), holding(HOUR, pool("second", "10.0.2.0/30", "2001:db8:2::/128"))));
        Allocator allocator = atNoon(first, second);
        allocator.allocate(with(exactly("2001:db8:2::"), with(Given.IPV6, API)));
        allocator.allocate(with(exactly("10.0.2.0"), WEB));
        allocator.release(WEB.service());
        assertThat(said(allocator.allocate(with(Given.BOTH, WEB)))).isEqualTo("Allocated first 10.0.1.0, 2001:db8:1::");
    }

    @Test
    void ofSeveralItComesBackToTheOneThatItGaveUpLast() {
        for (List<String> order : List.of(List.of("10.0.0.2", "10.0.0.1"), List.of("10.0.0.1", "10.0.0.2"))) {
            Allocator allocator = atNoon(P);
            allocator.allocate(with(exactly(order.getFirst()), WEB));
            allocator.allocate(with(exactly(order.getLast()), WEB));
            allocator.advance(NOON.plusSeconds(1));
            allocator.release(WEB.service());
            Allocator restarted = restarted(allocator, NOON.plusSeconds(1), P);
            assertThat(said(allocator.allocate(WEB))).isEqualTo("Allocated p " + order.getLast());
            assertThat(said(restarted.allocate(WEB))).isEqualTo("Allocated p " + order.getLast());
        }
    }

    private static Allocator restarted(Allocator before, Instant now, Pool... pools) {
        Allocator allocator = new Allocator(pools(pools), OutOfScope.KEEP);
        allocator.advance(now);
        before.reservations().forEach(allocator::restore);
        return allocator;
    }

    @Test
    void sharersEachComeBackToTheAddress() {
        Allocator allocator = atNoon(P);
        allocator.allocate(with(sharing("k", 80), WEB));
        allocator.allocate(with(sharing("k", 81), API));
        allocator.release(WEB.service());
        allocator.release(API.service());
        assertThat(reserved(allocator)).containsExactly("10.0.0.0 ns/api 60", "10.0.0.0 ns/web 60");
        assertThat(allocator.usage().getFirst().ipv4().reserved()).isEqualTo(1);
        assertThat(said(allocator.allocate(with(sharing("k", 81), API)))).isEqualTo("Allocated p 10.0.0.0");
        assertThat(said(allocator.allocate(with(sharing("k", 80), WEB)))).isEqualTo("Allocated p 10.0.0.0");
    }

    @Test
    void ofFormerSharersThatShareNoMoreTheFirstToComeBackHasIt() {
        Allocator allocator = atNoon(P);
        allocator.allocate(with(sharing("k", 80), WEB));
        allocator.allocate(with(sharing("k", 81), API));
        allocator.release(WEB.service());
        allocator.release(API.service());
        assertThat(said(allocator.allocate(API))).isEqualTo("Allocated p 10.0.0.0");
        assertThat(said(allocator.allocate(WEB))).isEqualTo("Allocated p 10.0.0.1");
        allocator.release(API.service());
        assertThat(reserved(allocator)).containsExactly("10.0.0.0 ns/api 60", "10.0.0.0 ns/web 60");
    }

    @Test
    void whoHasTheAddressTakesOthersInByTheRulesOfSharing() {
        Allocator allocator = atNoon(P);
        allocator.allocate(with(sharing("k", 80), WEB));
        allocator.allocate(with(sharing("k", 81), API));
        allocator.release(WEB.service());
        assertThat(allocator.usage().getFirst().ipv4().reserved()).isZero();
        assertThat(said(allocator.allocate(with(sharing("k", 80), service("ns/new")))))
                .isEqualTo("Allocated p 10.0.0.0");
        assertThat(said(allocator.allocate(with(sharing("k", 80), WEB)))).isEqualTo("Allocated p 10.0.0.1");
    }

    @Test
    void serviceComesBackToAnAddressThatASharerStillHasBeforeALowerOne() {
        Allocator allocator = atNoon(P);
        allocator.restore(with(sharing("k", 80), WEB), Given.addresses("10.0.0.1"));
        allocator.restore(with(sharing("k", 81), API), Given.addresses("10.0.0.1"));
        allocator.release(WEB.service());
        assertThat(said(allocator.allocate(with(sharing("k", 80), WEB)))).isEqualTo("Allocated p 10.0.0.1");
    }
}
