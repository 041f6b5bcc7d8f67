package io.berth.allocator;

import static io.berth.allocator.Given.address;
import static io.berth.allocator.Given.addresses;
import static io.berth.allocator.Given.allocator;
import static io.berth.allocator.Given.avoidingBuggyIps;
import static io.berth.allocator.Given.exactly;
import static io.berth.allocator.Given.inNamespaceWith;
import static io.berth.allocator.Given.label;
import static io.berth.allocator.Given.namespaces;
import static io.berth.allocator.Given.namespacesWith;
import static io.berth.allocator.Given.onRequestOnly;
import static io.berth.allocator.Given.pool;
import static io.berth.allocator.Given.pools;
import static io.berth.allocator.Given.priority;
import static io.berth.allocator.Given.said;
import static io.berth.allocator.Given.service;
import static io.berth.allocator.Given.sharing;
import static io.berth.allocator.Given.verdicts;
import static io.berth.allocator.Given.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is held stays held: through restarts, edits of pools, labels and requests, as far as any rule lets it. */
class ChangeOfMindTest {

    private static final Pool P = pool("p", "10.0.0.0/30");
    private static final Pool Q = pool("q", "10.0.1.0/30");
    private static final Request WEB = service("ns/web");

    @Test
    void restoredAddressIsKept() {
        Allocator allocator = allocator(P);
        assertThat(allocator.restore(WEB, addresses("10.0.0.2"))).isTrue();
        assertThat(said(allocator.allocate(service("ns/new")))).isEqualTo("Allocated p 10.0.0.0");
        assertThat(said(allocator.allocate(WEB))).isEqualTo("Kept p 10.0.0.2");
    }

    @Test
    void ofTwoThatHoldOneAddressTheFirstRestoredKeepsIt() {
        Allocator allocator = allocator(P);
        assertThat(allocator.restore(service("a/older"), addresses("10.0.0.0"))).isTrue();
        assertThat(allocator.restore(service("b/younger"), addresses("10.0.0.0")))
                .isFalse();
        assertThat(said(allocator.allocate(service("a/older")))).isEqualTo("Kept p 10.0.0.0");
        Outcome younger = allocator.allocate(service("b/younger"));
        assertThat(said(younger)).isEqualTo("Reassigned p 10.0.0.1");
        assertThat(younger.message()).contains("10.0.0.0 is in use").doesNotContain("a/older");
    }

    @Test
    void sharersAreRestoredTogether() {
        Allocator allocator = allocator(P);
        assertThat(allocator.restore(with(sharing("k", 80), service("ns/a")), addresses("10.0.0.1")))
                .isTrue();
        assertThat(allocator.restore(with(sharing("k", 81), service("ns/b")), addresses("10.0.0.1")))
                .isTrue();
        assertThat(allocator.restore(with(sharing("k", 81), service("ns/c")), addresses("10.0.0.1")))
                .isFalse();
    }

    @Test
    void addressOutsideOfAllPoolsIsReplacedAndTheReasonSaid() {
        Allocator allocator = allocator(P);
        assertThat(allocator.restore(WEB, addresses("192.0.2.1"))).isFalse();
        Outcome outcome = allocator.allocate(WEB);
        assertThat(said(outcome)).isEqualTo("Reassigned p 10.0.0.0");
        assertThat(outcome.message()).endsWith("; no pool owns 192.0.2.1 any more");
        assertThat(said(allocator.allocate(WEB))).isEqualTo("Kept p 10.0.0.0");
    }

    @Test
    void replacementThatHadToWaitIsStillAReplacement() {
        Allocator allocator = allocator(pool("p", "10.0.0.0/32"));
        allocator.allocate(service("ns/other"));
        allocator.restore(WEB, addresses("192.0.2.1"));
        assertThat(said(allocator.allocate(WEB))).isEqualTo("PoolExhausted");
        allocator.release(ServiceKey.parse("ns/other"));
        assertThat(said(allocator.allocate(WEB))).isEqualTo("Reassigned p 10.0.0.0");
    }

    @Test
    void releasedServiceStartsAfresh() {
        Allocator allocator = allocator(P);
        allocator.restore(WEB, addresses("192.0.2.1"));
        allocator.release(WEB.service());
        allocator.release(WEB.service());
        assertThat(said(allocator.allocate(WEB))).isEqualTo("Allocated p 10.0.0.0");
    }

    @Test
    void twoAddressesOfOneFamilyAreCutDownToOne() {
        Allocator allocator = allocator(P);
        allocator.restore(WEB, addresses("10.0.0.2", "10.0.0.1", "10.0.0.2"));
        assertThat(said(allocator.allocate(WEB))).isEqualTo("Kept p 10.0.0.2");
        allocator.restore(service("ns/api"), addresses("10.0.0.0", "10.0.0.3"));
        assertThat(said(allocator.allocate(with(exactly("10.0.0.3"), service("ns/api")))))
                .isEqualTo("Kept p 10.0.0.3");
        assertThat(allocator.usage().getFirst().ipv4().assigned()).isEqualTo(2);
    }

    @Test
    void restoringNothingHoldsNothing() {
        Allocator allocator = allocator(P);
        assertThat(allocator.restore(WEB, List.of())).isTrue();
        assertThat(allocator.assignments()).isEmpty();
        assertThat(said(allocator.allocate(WEB))).isEqualTo("Allocated p 10.0.0.0");
    }

    @Test
    void restoredAddressOutOfScopeIsKeptAndReported() {
        Allocator allocator = allocator(with(namespaces(1, "other"), P), Q);
        assertThat(allocator.restore(WEB, addresses("10.0.0.2"))).isTrue();
        Outcome outcome = allocator.allocate(WEB);
        assertThat(said(outcome)).isEqualTo("KeptOutOfScope p 10.0.0.2");
        assertThat(outcome.message())
                .isEqualTo("keeps 10.0.0.2 although pool p no longer admits the service:"
                        + " namespace ns is not among the namespaces that the pool lists");
        assertThat(verdicts(outcome)).containsExactly("q LowerPreference", "p NamespaceNotAllowed");
    }

    @Test
    void relabelledNamespaceLosesNothing() {
        Allocator allocator = allocator(with(namespacesWith(1, label("env", "prod")), P));
        Request production = inNamespaceWith(Map.of("env", "prod"), WEB);
        allocator.allocate(production);
        assertThat(said(allocator.allocate(WEB))).isEqualTo("KeptOutOfScope p 10.0.0.0");
        assertThat(said(allocator.allocate(production))).isEqualTo("Kept p 10.0.0.0");
    }

    @Test
    void relabelledNamespaceMovesWhereThatIsThePolicy() {
        Allocator allocator =
                new Allocator(pools(with(namespacesWith(1, label("env", "prod")), P), Q), OutOfScope.REASSIGN);
        allocator.allocate(inNamespaceWith(Map.of("env", "prod"), WEB));
        Outcome outcome = allocator.allocate(WEB);
        assertThat(said(outcome)).isEqualTo("Reassigned q 10.0.1.0");
        assertThat(outcome.message())
                .endsWith("; pool p no longer admits the service: namespace ns needs env=prod, has no label env");
    }

    @Test
    void changedRequestIsFollowed() {
        Allocator allocator = allocator(P, Q);
        allocator.allocate(WEB);
        assertThat(said(allocator.allocate(with(new Wish.FromPool("q"), WEB)))).isEqualTo("Allocated q 10.0.1.0");
        assertThat(said(allocator.allocate(with(exactly("10.0.0.3"), WEB)))).isEqualTo("Allocated p 10.0.0.3");
        assertThat(said(allocator.allocate(WEB))).isEqualTo("Kept p 10.0.0.3");
        assertThat(allocator.usage())
                .extracting(usage -> usage.ipv4().assigned().intValue())
                .containsExactly(1, 0);
    }

    @Test
    void changedRequestThatCannotBeMetLeavesTheWorkingAddress() {
        Allocator allocator = allocator(P, with(namespaces(1, "other"), Q));
        allocator.allocate(WEB);
        Outcome outcome = allocator.allocate(with(new Wish.FromPool("q"), WEB));
        assertThat(said(outcome)).isEqualTo("KeptRequestUnmet p 10.0.0.0");
        assertThat(outcome.message())
                .startsWith("keeps 10.0.0.0 because what it asks for cannot be given: pool q does not admit");
        allocator.allocate(with(exactly("10.0.0.1"), service("ns/other")));
        assertThat(said(allocator.allocate(with(exactly("10.0.0.1"), WEB)))).isEqualTo("KeptRequestUnmet p 10.0.0.0");
        assertThat(said(allocator.allocate(with(exactly("192.0.2.1"), WEB)))).isEqualTo("KeptRequestUnmet p 10.0.0.0");
        allocator.release(ServiceKey.parse("ns/other"));
        assertThat(said(allocator.allocate(with(exactly("10.0.0.1"), WEB)))).isEqualTo("Allocated p 10.0.0.1");
    }

    @Test
    void unmetRequestOfAServiceOutOfScopeIsReportedAsOutOfScopeAndSaysBoth() {
        Allocator allocator = allocator(with(namespaces(1, "other"), P), Q);
        allocator.restore(WEB, addresses("10.0.0.0"));
        Outcome outcome = allocator.allocate(with(new Wish.FromPool("nope"), WEB));
        assertThat(said(outcome)).isEqualTo("KeptOutOfScope p 10.0.0.0");
        assertThat(outcome.message()).contains("no longer admits", "pool nope does not exist");
    }

    @Test
    void poolsThatStillOwnTheAddressMoveNobody() {
        Allocator allocator = allocator(P);
        allocator.allocate(WEB);
        assertThat(allocator.setPools(pools(pool("renamed", "10.0.0.0/29"), with(priority(1), Q))))
                .isEmpty();
        assertThat(said(allocator.allocate(WEB))).isEqualTo("Kept renamed 10.0.0.0");
        allocator.setPools(pools(onRequestOnly(P)));
        assertThat(said(allocator.allocate(WEB))).isEqualTo("Kept p 10.0.0.0");
    }

    @Test
    void poolsThatNoLongerOwnAnAddressStrandItsHolder() {
        Allocator allocator = allocator(P, Q);
        allocator.allocate(with(exactly("10.0.0.3"), WEB));
        allocator.allocate(with(exactly("10.0.1.1"), service("ns/api")));
        allocator.allocate(service("ns/old"));
        assertThat(allocator.setPools(pools(pool("p", "10.0.0.0/31"))))
                .containsExactly(ServiceKey.parse("ns/api"), ServiceKey.parse("ns/web"));
        assertThat(allocator.assignments()).extracting(Assignment::addresses).containsExactly(addresses("10.0.0.0"));
        assertThat(said(allocator.allocate(WEB))).isEqualTo("Reassigned p 10.0.0.1");
        assertThat(said(allocator.allocate(service("ns/api")))).isEqualTo("PoolExhausted");
        assertThat(said(allocator.allocate(service("ns/old")))).isEqualTo("Kept p 10.0.0.0");
    }

    @Test
    void avoidingBuggyIpsTakesThemBack() {
        Allocator allocator = allocator(P);
        allocator.allocate(WEB);
        assertThat(allocator.setPools(pools(avoidingBuggyIps(P)))).containsExactly(WEB.service());
        assertThat(said(allocator.allocate(WEB))).isEqualTo("Reassigned p 10.0.0.1");
        assertThat(allocator.usage().getFirst().ipv4().total()).isEqualTo(3);
    }

    @Test
    void withoutPoolsNothingIsHeldAndComesBackWhenTheyDo() {
        Allocator allocator = allocator(P);
        allocator.allocate(WEB);
        assertThat(allocator.setPools(pools())).containsExactly(WEB.service());
        assertThat(said(allocator.allocate(WEB))).isEqualTo("NoPools");
        allocator.setPools(pools(P));
        assertThat(said(allocator.allocate(WEB))).isEqualTo("Reassigned p 10.0.0.0");
    }

    @Test
    void twoAddressesWhosePoolWasSplitAreBothKept() {
        Allocator allocator = allocator(pool("dual", "10.0.0.0/30", "2001:db8::/126"));
        Request dual = with(Given.BOTH, WEB);
        allocator.allocate(dual);
        assertThat(allocator.setPools(pools(P, pool("six", "2001:db8::/126")))).isEmpty();
        assertThat(said(allocator.allocate(dual))).isEqualTo("Kept p 10.0.0.0, 2001:db8::");
    }

    @Test
    void allocatorKnowsWhatItsPoolsOwn() {
        Allocator allocator = allocator(P);
        assertThat(allocator.owns(address("10.0.0.3"))).isTrue();
        assertThat(allocator.owns(address("10.0.0.4"))).isFalse();
    }
}
