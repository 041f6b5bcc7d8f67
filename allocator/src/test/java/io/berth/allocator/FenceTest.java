package io.berth.allocator;

import static io.berth.allocator.Given.addresses;
import static io.berth.allocator.Given.allocator;
import static io.berth.allocator.Given.exactly;
import static io.berth.allocator.Given.fencedIn;
import static io.berth.allocator.Given.message;
import static io.berth.allocator.Given.namespaces;
import static io.berth.allocator.Given.onRequestOnly;
import static io.berth.allocator.Given.pool;
import static io.berth.allocator.Given.pools;
import static io.berth.allocator.Given.priority;
import static io.berth.allocator.Given.said;
import static io.berth.allocator.Given.service;
import static io.berth.allocator.Given.sharingAcrossNamespaces;
import static io.berth.allocator.Given.verdicts;
import static io.berth.allocator.Given.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which pools a namespace may draw from by its own annotation {@code berth.io/pools}, and in which order. */
class FenceTest {

    private static final Pool FIRST = with(priority(1), pool("first", "10.0.1.0/31"));
    private static final Pool SECOND = with(priority(2), pool("second", "10.0.2.0/31", "2001:db8:2::/127"));
    private static final Pool OPEN = pool("open", "10.0.9.0/28", "2001:db8:9::/126");
    private static final Request WEB = service("ns/web");

    private final Allocator allocator = allocator(FIRST, SECOND, OPEN);

    @Test
    void poolsAreTriedInTheOrderOfTheFenceWhateverTheirPriorities() {
        Outcome outcome = allocator.allocate(fencedIn(WEB, "open", "first"));
        assertThat(said(outcome)).isEqualTo("Allocated open 10.0.9.0");
        assertThat(verdicts(outcome))
                .containsExactly("open Selected", "first LowerPreference", "second NamespaceNotAllowed");
        assertThat(message(outcome, "first"))
                .isEqualTo("pool open comes first: the namespace names it first (its annotation berth.io/pools)");
        assertThat(message(outcome, "second"))
                .isEqualTo("the namespace may draw from open, first only (its annotation berth.io/pools)");
    }

    @Test
    void fullPoolIsPassedOverForTheNextOfTheFenceAndForNoOther() {
        assertThat(List.of("a", "b", "c", "d", "e"))
                .map(name -> said(allocator.allocate(fencedIn(service("ns/" + name), "second", "first"))))
                .containsExactly(
                        "Allocated second 10.0.2.0",
                        "Allocated second 10.0.2.1",
                        "Allocated first 10.0.1.0",
                        "Allocated first 10.0.1.1",
                        "PoolExhausted");
    }

    @Test
    void fenceIsNothingToOtherNamespaces() {
        allocator.allocate(fencedIn(WEB, "open"));
        assertThat(said(allocator.allocate(service("other/web")))).isEqualTo("Allocated first 10.0.1.0");
    }

    @Test
    void scopeOfAFencedPoolHoldsBesides() {
        Allocator scoped = allocator(with(namespaces(1, "other"), pool("theirs", "10.0.1.0/28")), OPEN);
        Outcome outcome = scoped.allocate(fencedIn(WEB, "theirs", "open"));
        assertThat(said(outcome)).isEqualTo("Allocated open 10.0.9.0");
        assertThat(message(outcome, "theirs"))
                .isEqualTo("namespace ns is not among the namespaces that the pool lists");
        assertThat(said(scoped.allocate(fencedIn(service("ns/api"), "theirs")))).isEqualTo("NoPoolAdmits");
    }

    @Test
    void poolOfTheFenceThatGivesOnRequestOnlyIsPassedOverUnlessAskedFor() {
        Allocator careful = allocator(onRequestOnly(FIRST), OPEN);
        Outcome outcome = careful.allocate(fencedIn(WEB, "first", "open"));
        assertThat(said(outcome)).isEqualTo("Allocated open 10.0.9.0");
        assertThat(verdicts(outcome)).containsExactly("first AutoAssignDisabled", "open Selected");
        assertThat(said(careful.allocate(
                        with(new Wish.FromPool("first"), fencedIn(service("ns/api"), "first", "open")))))
                .isEqualTo("Allocated first 10.0.1.0");
    }

    @Test
    void poolOutsideIsNotGivenByName() {
        Outcome outcome = allocator.allocate(with(new Wish.FromPool("open"), fencedIn(WEB, "first")));
        assertThat(said(outcome)).isEqualTo("NoPoolAdmits");
        assertThat(outcome.message())
                .isEqualTo("pool open does not admit this service:"
                        + " the namespace may draw from first only (its annotation berth.io/pools)");
        assertThat(verdicts(outcome))
                .containsExactly("first NotRequested", "second NamespaceNotAllowed", "open NamespaceNotAllowed");
    }

    @Test
    void addressOutsideIsNotGivenByName() {
        Outcome outcome = allocator.allocate(with(exactly("10.0.9.5"), fencedIn(WEB, "first")));
        assertThat(said(outcome)).isEqualTo("NoPoolAdmits");
        assertThat(outcome.message()).contains("berth.io/pools").doesNotContain("pool open");
        assertThat(said(allocator.allocate(with(exactly("10.0.9.5"), fencedIn(WEB, "first", "open")))))
                .isEqualTo("Allocated open 10.0.9.5");
    }

    @Test
    void addressOutsideIsNotShared() {
        allocator.allocate(with(exactly("10.0.9.0"), with(sharingAcrossNamespaces("k", 80), service("other/web"))));
        assertThat(said(allocator.allocate(with(sharingAcrossNamespaces("k", 81), fencedIn(WEB, "first")))))
                .isEqualTo("Allocated first 10.0.1.0");
        assertThat(said(allocator.allocate(
                        with(exactly("10.0.9.0"), with(sharingAcrossNamespaces("k", 82), fencedIn(WEB, "first"))))))
                .isEqualTo("KeptRequestUnmet first 10.0.1.0");
    }

    @Test
    void secondFamilyIsNotAddedFromOutside() {
        Allocator split = allocator(SECOND, OPEN);
        Request dual = with(Given.PREFER_BOTH, fencedIn(WEB, "second"));
        split.restore(dual, addresses("10.0.9.0"));
        assertThat(said(split.allocate(dual))).isEqualTo("KeptOutOfScope open 10.0.9.0");
        assertThat(said(split.allocate(with(new Fence.Open(), dual))))
                .isEqualTo("Allocated open 10.0.9.0, 2001:db8:9::");
    }

    @Test
    void namesThatAreNoPoolsAndNamesSaidTwiceDoNoHarm() {
        Outcome outcome = allocator.allocate(fencedIn(WEB, "nope", "open", "open"));
        assertThat(said(outcome)).isEqualTo("Allocated open 10.0.9.0");
        assertThat(verdicts(outcome))
                .containsExactly("open Selected", "first NamespaceNotAllowed", "second NamespaceNotAllowed");
        Outcome nowhere = allocator.allocate(fencedIn(service("ns/api"), "nope"));
        assertThat(said(nowhere)).isEqualTo("NoPoolAdmits");
        assertThat(nowhere.message())
                .isEqualTo("no pool admits this service:"
                        + " the namespace may draw from nope only (its annotation berth.io/pools)");
    }

    @Test
    void fenceThatEnclosesNothingCannotBeSaid() {
        assertThatThrownBy(() -> new Fence.Around(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void addressOfAPoolOutsideIsKeptAndReported() {
        allocator.allocate(WEB);
        Outcome outcome = allocator.allocate(fencedIn(WEB, "open"));
        assertThat(said(outcome)).isEqualTo("KeptOutOfScope first 10.0.1.0");
        assertThat(outcome.message())
                .isEqualTo("keeps 10.0.1.0 although pool first no longer admits the service:"
                        + " the namespace may draw from open only (its annotation berth.io/pools)");
        assertThat(verdicts(outcome))
                .containsExactly("open LowerPreference", "first NamespaceNotAllowed", "second NamespaceNotAllowed");
        assertThat(said(allocator.allocate(WEB))).isEqualTo("Kept first 10.0.1.0");
    }

    @Test
    void addressOfAPoolOutsideIsReplacedWhereThatIsThePolicy() {
        Allocator strict = new Allocator(pools(FIRST, OPEN), OutOfScope.REASSIGN);
        strict.allocate(WEB);
        Outcome outcome = strict.allocate(fencedIn(WEB, "open"));
        assertThat(said(outcome)).isEqualTo("Reassigned open 10.0.9.0");
        assertThat(outcome.message()).contains("pool first no longer admits the service", "berth.io/pools");
    }

    @Test
    void otherOrderOfTheFenceMovesNobody() {
        allocator.allocate(fencedIn(WEB, "open", "first"));
        assertThat(said(allocator.allocate(fencedIn(WEB, "first", "open")))).isEqualTo("Kept open 10.0.9.0");
    }

    @Test
    void unreadableFenceEnclosesNothing() {
        Request unreadable = with(new Fence.Unreadable(), WEB);
        for (Wish wish : List.of(new Wish.Any(), new Wish.FromPool("open"), exactly("10.0.9.1"))) {
            Outcome outcome = allocator.allocate(with(wish, unreadable));
            assertThat(said(outcome)).isEqualTo("NoPoolAdmits");
            assertThat(outcome.message()).contains("the annotation berth.io/pools of the namespace cannot be read");
            assertThat(verdicts(outcome)).hasSize(3).allMatch(verdict -> verdict.endsWith("NamespaceNotAllowed"));
        }
    }

    @Test
    void unreadableFenceTakesNothingAwayWhateverThePolicy() {
        for (OutOfScope policy : OutOfScope.values()) {
            Allocator either = new Allocator(pools(FIRST, OPEN), policy);
            either.allocate(WEB);
            assertThat(said(either.allocate(with(new Fence.Unreadable(), WEB))))
                    .isEqualTo("KeptOutOfScope first 10.0.1.0");
        }
    }

    @Test
    void namespaceThatIsNotSeenYetIsGivenNothingAndKeepsWhatItHas() {
        Request unseen = with(new Fence.Unseen(), WEB);
        Outcome outcome = allocator.allocate(unseen);
        assertThat(said(outcome)).isEqualTo("NoPoolAdmits");
        assertThat(outcome.message()).contains("the Namespace has not been seen yet");
        for (OutOfScope policy : OutOfScope.values()) {
            Allocator either = new Allocator(pools(FIRST, OPEN), policy);
            either.allocate(WEB);
            assertThat(said(either.allocate(unseen))).isEqualTo("KeptOutOfScope first 10.0.1.0");
        }
    }
}
