package io.berth.k8s.allocation;

import static io.berth.k8s.allocation.Given.pool;
import static io.berth.k8s.allocation.Given.world;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.allocator.Address;
import io.berth.allocator.AddressRange;
import io.berth.allocator.ServiceKey;
import io.berth.k8s.allocation.PoolBooks.Condition;
import io.berth.k8s.resource.IPAddressPool;
import io.berth.k8s.resource.Tenure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PoolBooksTest {

    private static final Tenure.Promised PROMISE =
            new Tenure.Promised(ServiceKey.parse("a/web"), address("10.0.1.1"), "7");
    private static final Tenure.Promised OTHER_PROMISE =
            new Tenure.Promised(ServiceKey.parse("a/api"), address("10.0.1.2"), "8");
    private static final Tenure HELD = new Tenure.Current(ServiceKey.parse("a/old"), address("10.0.1.3"));

    private final Signature signature = new Signature.Of("me");
    private final PoolBooks books = new PoolBooks(signature);

    private static Address address(String text) {
        return Address.of(AddressRange.parseAddress(text));
    }

    private static IPAddressPool book(String text) {
        return world(pool("pool", "10.0.1.0/24", "")).pools().getFirst().with(text);
    }

    @Test
    void aBookThatNobodySignedIsKnown() {
        assertThat(books.areKnown(List.of(book("")))).isTrue();
        assertThat(books.areKnown(List.of(book("10.0.1.3 a/old")))).isTrue();
    }

    @Test
    void whatThisProcessWroteIsKnownAndNoTwoSignaturesAreTheSame() {
        String first = signature.under("");
        String second = signature.under("");

        assertThat(first).isNotEqualTo(second);
        assertThat(books.areKnown(List.of(book(first)))).isTrue();
        assertThat(books.areKnown(List.of(book(second)))).isTrue();
    }

    @Test
    void whatAnotherWroteIsUnknownUntilAllIsLookedAt() {
        IPAddressPool theirs = book("by mex.1, 10.0.1.3 a/old");

        assertThat(books.areKnown(List.of(theirs))).isFalse();
        books.trust(List.of(theirs));
        assertThat(books.areKnown(List.of(theirs))).isTrue();
    }

    @Test
    void whatTheOtherWroteSinceIsUnknownThoughItSaysTheSame() {
        books.trust(List.of(book("by you.1, 10.0.1.3 a/old")));

        assertThat(books.areKnown(List.of(book("by you.2, 10.0.1.3 a/old")))).isFalse();
    }

    @Test
    void aBookThatSomebodyEmptiedIsUnknown() {
        books.trust(List.of(book("by you.1, 10.0.1.3 a/old")));

        assertThat(books.areKnown(List.of(book("")))).isFalse();
        books.trust(List.of(book("")));
        assertThat(books.areKnown(List.of(book("")))).isTrue();
    }

    @Test
    void aBookOfWhichNothingIsGivenIsRight() {
        assertThat(books.condition(book("by you.1, 10.0.1.3 a/old"))).isEqualTo(Condition.RIGHT);
    }

    @Test
    void aBookIsRightWhoeverWroteIt() {
        books.shouldSay(Map.of("pool", List.of(HELD)));

        assertThat(books.condition(book("10.0.1.3 a/old"))).isEqualTo(Condition.RIGHT);
        assertThat(books.condition(book("by you.1, 10.0.1.3 a/old"))).isEqualTo(Condition.RIGHT);
    }

    @Test
    void aBookThatLacksSomethingIsWrong() {
        books.shouldSay(Map.of("pool", List.of(PROMISE, OTHER_PROMISE)));

        assertThat(books.condition(book("by me.1, 10.0.1.1 a/web =7"))).isEqualTo(Condition.WRONG);
    }

    @Test
    void aBookWithPromisesThatAreSettledIsOnlyUntidy() {
        books.shouldSay(Map.of("pool", List.of(PROMISE)));

        assertThat(books.condition(book("by me.1, 10.0.1.1 a/web =7, 10.0.1.2 a/api =8")))
                .isEqualTo(Condition.UNTIDY);
    }

    @Test
    void aBookThatSaysOfAnAddressWhatIsNotSoIsWrong() {
        books.shouldSay(Map.of("pool", List.of()));

        assertThat(books.condition(book("10.0.1.3 a/old"))).isEqualTo(Condition.WRONG);
    }

    @Test
    void aPromiseToOneVersionOfAServiceIsNoneToTheNext() {
        Tenure.Promised toTheNext = new Tenure.Promised(PROMISE.service(), PROMISE.address(), "9");
        Optional<IPAddressPool> there = Optional.of(book("by me.1, 10.0.1.1 a/web =7"));

        assertThat(books.hasPromised(List.of(PROMISE), there)).isTrue();
        assertThat(books.hasPromised(List.of(toTheNext), there)).isFalse();
        assertThat(books.hasPromised(List.of(PROMISE, OTHER_PROMISE), there)).isFalse();
    }

    @Test
    void aPoolThatIsGonePromisesNothing() {
        assertThat(books.hasPromised(List.of(PROMISE), Optional.empty())).isFalse();
        assertThat(books.hasPromised(List.of(), Optional.empty())).isTrue();
    }
}
