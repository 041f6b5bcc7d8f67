package io.berth.bgp.rib;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.bgp.message.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private final PrefixTable prefixes = new PrefixTable(Family.IPV4_UNICAST);
    private final Backlog backlog = new Backlog();

    @Test
    void aRowWaitsOnceHoweverOftenItIsAdded() {
        backlog.add(3, 100);
        backlog.add(3, 200);

        assertThat(backlog.size()).isEqualTo(1);
        assertThat(backlog.oldest()).hasValue(100);
        backlog.remove(3);
        assertThat(backlog.isEmpty()).isTrue();
    }

    @Test
    void removingARowThatDoesNotWaitChangesNothing() {
        backlog.add(3, 100);
        backlog.remove(4);

        assertThat(backlog.size()).isEqualTo(1);
    }

    @Test
    void rowsAreServedInAscendingOrderSoManyAtATime() {
        List.of(5, 1, 9, 7).forEach(row -> backlog.add(row, 100));

        assertThat(serve(3)).containsExactly(1, 5, 7);
        assertThat(serve(3)).containsExactly(9);
        assertThat(backlog.isEmpty()).isTrue();
    }

    /** Otherwise a few prefixes that flap could keep all others waiting for ever. */
    @Test
    void aRowThatComesAgainBehindThePresentOneWaitsForTheNextSweep() {
        List.of(1, 2, 3).forEach(row -> backlog.add(row, 100));
        List<Integer> served = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            served.addAll(serve(1));
            backlog.add(1, 200);
        }

        assertThat(served).containsExactly(1, 2, 3, 1, 1, 1);
    }

    @Test
    void aRowThatIsNotRemovedHasItsTurnAgain() {
        List.of(1, 2, 3).forEach(row -> backlog.add(row, 100));
        backlog.next(3, prefixes);
        backlog.remove(2);
        backlog.continueAt(1);

        assertThat(serve(3)).containsExactly(1, 3);
    }

    @Test
    void theAgeIsThatOfTheOldestRowOfTheSweep() {
        backlog.add(5, 100);
        backlog.add(6, 200);

        serve(1);
        assertThat(backlog.oldest()).hasValue(100);
        backlog.add(1, 300);
        backlog.add(2, 400);
        serve(1);
        serve(1);
        assertThat(backlog.oldest()).hasValue(300);
        serve(1);
        assertThat(backlog.oldest()).isEqualTo(OptionalLong.empty());
    }

    @Test
    void clearingForgetsTheAgeToo() {
        backlog.add(5, 100);
        backlog.clear();
        backlog.add(6, 200);

        assertThat(backlog.size()).isEqualTo(1);
        assertThat(backlog.oldest()).hasValue(200);
    }

    private List<Integer> serve(int count) {
        Rows rows = backlog.next(count, prefixes);
        List<Integer> served = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            served.add(rows.get(i));
            backlog.remove(rows.get(i));
        }
        backlog.continueAt(rows.last() + 1);
        return served;
    }
}
