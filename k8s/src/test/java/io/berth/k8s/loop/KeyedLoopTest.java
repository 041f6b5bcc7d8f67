package io.berth.k8s.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.loop.KeyedLoop.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KeyedLoopTest {

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), () -> 0.999_999);

    private final ManualThread thread = new ManualThread();
    private final List<String> worked = new ArrayList<>();
    private int failures;

    private final KeyedLoop<String> loop = new KeyedLoop<>(thread, BACKOFF, new KeyedLoop.Work<>() {
        @Override
        public CompletionStage<Result> run(String key) throws IOException {
            worked.add(key);
            if (failures > 0) {
                failures--;
                throw new IOException("no answer");
            }
            return Result.DONE.now();
        }
    });

    @Test
    void nothingRunsOnTheThreadOfWhoeverMarks() {
        loop.mark("a");

        assertThat(worked).isEmpty();
    }

    @Test
    void marksThatComeTogetherAreDoneTogetherAndOnce() {
        loop.mark("b");
        loop.mark("a");
        loop.mark("b");
        thread.runReady();

        assertThat(worked).containsExactly("b", "a");
    }

    @Test
    void aKeyThatIsMarkedWhileItIsWorkedOnIsDoneAgain() {
        List<String> seen = new ArrayList<>();
        List<KeyedLoop<String>> itself = new ArrayList<>();
        KeyedLoop<String> marksItself = new KeyedLoop<>(thread, BACKOFF, key -> {
            seen.add(key);
            if (seen.size() == 1) {
                itself.getFirst().mark(key);
            }
            return Result.DONE.now();
        });
        itself.add(marksItself);

        marksItself.mark("a");
        thread.runReady();

        assertThat(seen).containsExactly("a", "a");
    }

    @Test
    void failureIsTriedAgainAfterAWaitThatDoubles() {
        failures = 2;
        loop.mark("a");
        thread.pass(Duration.ofMillis(99));
        assertThat(worked).containsExactly("a");

        thread.pass(Duration.ofMillis(1));
        assertThat(worked).containsExactly("a", "a");

        thread.pass(Duration.ofMillis(199));
        assertThat(worked).hasSize(2);

        thread.pass(Duration.ofMillis(1));
        assertThat(worked).containsExactly("a", "a", "a");
        assertThat(thread.waiting()).isZero();
    }

    @Test
    void waitNeverGrowsBeyondItsBound() {
        failures = 20;
        loop.mark("a");
        thread.pass(Duration.ofSeconds(60));

        assertThat(worked.stream().filter("a"::equals)).hasSize(21);
    }

    @Test
    void successForgetsEarlierFailures() {
        failures = 4;
        loop.mark("a");
        thread.pass(Duration.ofSeconds(5));
        worked.clear();

        failures = 1;
        loop.mark("a");
        thread.pass(Duration.ofMillis(100));

        assertThat(worked).containsExactly("a", "a");
    }

    @Test
    void aMarkDoesNotWaitForTheRetryAndOvertakesIt() {
        failures = 1;
        loop.mark("a");
        thread.runReady();
        loop.mark("a");
        thread.runReady();
        assertThat(worked).containsExactly("a", "a");

        thread.pass(Duration.ofSeconds(10));
        assertThat(worked).hasSize(2);
    }

    @Test
    void oneKeyThatFailsHoldsUpNoOther() {
        failures = 1;
        loop.mark("a");
        loop.mark("b");
        thread.runReady();

        assertThat(worked).containsExactly("a", "b");
    }

    @Test
    void workThatSawSomethingOutOfDateIsDoneAgainAfterAWhile() {
        List<String> seen = new ArrayList<>();
        KeyedLoop<String> loser = new KeyedLoop<>(thread, BACKOFF, key -> {
            seen.add(key);
            return (seen.size() == 1 ? Result.AGAIN : Result.DONE).now();
        });

        loser.mark("a");
        thread.runReady();
        assertThat(seen).hasSize(1);

        thread.pass(Duration.ofMillis(100));
        assertThat(seen).hasSize(2);
    }

    /** Work that somebody else answers. */
    private final class Away implements KeyedLoop.Work<String> {
        final Map<String, CompletableFuture<Result>> asked = new LinkedHashMap<>();

        @Override
        public CompletionStage<Result> run(String key) {
            worked.add(key);
            CompletableFuture<Result> answer = new CompletableFuture<>();
            asked.put(key, answer);
            return answer;
        }

        @Override
        public KeyedLoop.Place place(String key) {
            return KeyedLoop.Place.AWAY;
        }

        void answer(String key, Result result) {
            Objects.requireNonNull(asked.get(key)).complete(result);
        }
    }

    @Test
    void workThatIsUnderWayHoldsUpNoOther() {
        Away away = new Away();
        KeyedLoop<String> asking = new KeyedLoop<>(thread, BACKOFF, away);
        asking.mark("a");
        thread.runReady();
        asking.mark("b");
        thread.runReady();

        assertThat(worked).containsExactly("a", "b");
    }

    @Test
    void aKeyThatIsMarkedWhileItIsUnderWayIsDoneAgainAfterAndNotBesides() {
        Away away = new Away();
        KeyedLoop<String> asking = new KeyedLoop<>(thread, BACKOFF, away);
        asking.mark("a");
        thread.runReady();
        asking.mark("a");
        asking.mark("a");
        thread.runReady();
        assertThat(worked).containsExactly("a");

        away.answer("a", Result.DONE);
        thread.runReady();
        assertThat(worked).containsExactly("a", "a");

        away.answer("a", Result.DONE);
        thread.runReady();
        assertThat(worked).containsExactly("a", "a");
    }

    @Test
    void anAnswerThatFailsOrComesTooLateIsTriedAgainAfterAWhile() {
        Away away = new Away();
        KeyedLoop<String> asking = new KeyedLoop<>(thread, BACKOFF, away);
        asking.mark("a");
        asking.mark("b");
        thread.runReady();
        away.answer("a", Result.AGAIN);
        Objects.requireNonNull(away.asked.get("b")).completeExceptionally(new IOException("no answer"));
        thread.pass(Duration.ofMillis(99));
        assertThat(worked).containsExactly("a", "b");

        thread.pass(Duration.ofMillis(1));
        assertThat(worked).containsExactly("a", "b", "a", "b");
    }

    @Test
    void onlySoManyAreUnderWayAtOnceAndTheOthersFollowInTheirOrder() {
        Away away = new Away();
        KeyedLoop<String> asking = new KeyedLoop<>(thread, BACKOFF, away);
        for (int i = 0; i < KeyedLoop.MOST_UNDER_WAY + 2; i++) {
            asking.mark("k" + i);
        }
        thread.runReady();
        assertThat(worked).hasSize(KeyedLoop.MOST_UNDER_WAY);

        away.answer("k5", Result.DONE);
        thread.runReady();
        assertThat(worked).hasSize(KeyedLoop.MOST_UNDER_WAY + 1).last().isEqualTo("k" + KeyedLoop.MOST_UNDER_WAY);
    }

    @Test
    void closeWaitsForAnAnswer() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<Result> answer = new CompletableFuture<>();
        KeyedLoop<String> asking = new KeyedLoop<>(LoopThread.named("test"), BACKOFF, new KeyedLoop.Work<>() {
            @Override
            public CompletionStage<Result> run(String key) {
                asked.countDown();
                return answer;
            }

            @Override
            public KeyedLoop.Place place(String key) {
                return KeyedLoop.Place.AWAY;
            }
        });
        asking.mark("a");
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Void> closed = CompletableFuture.runAsync(asking::close);
        assertThat(closed).isNotDone();
        answer.complete(Result.DONE);

        assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void jitterTakesUpToHalfOfTheWaitAway() {
        Backoff soonest = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), () -> 0.0);

        assertThat(soonest.after(1)).isEqualTo(Duration.ofMillis(50));
        assertThat(soonest.after(1000)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void afterCloseNothingRunsAndNobodyIsRefused() {
        try (LoopThread real = LoopThread.named("test")) {
            KeyedLoop<String> closed = new KeyedLoop<>(real, BACKOFF, key -> {
                worked.add(key);
                return Result.DONE.now();
            });
            closed.close();
            closed.mark("a");
        }

        assertThat(worked).isEmpty();
    }

    @Test
    void closeWaitsForTheWorkThatIsUnderWay() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch mayFinish = new CountDownLatch(1);
        CountDownLatch finished = new CountDownLatch(1);
        KeyedLoop<String> busy = new KeyedLoop<>(LoopThread.named("test"), BACKOFF, key -> {
            started.countDown();
            boolean _ = mayFinish.await(10, TimeUnit.SECONDS);
            finished.countDown();
            return Result.DONE.now();
        });
        busy.mark("a");
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();

        mayFinish.countDown();
        busy.close();

        assertThat(finished.getCount()).isZero();
    }

    @Test
    void closeDoesNotWaitForWorkThatNeverEnds() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        KeyedLoop<String> stuck = new KeyedLoop<>(LoopThread.named("test"), BACKOFF, key -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException stopped) {
                interrupted.countDown();
            }
            return Result.DONE.now();
        });
        stuck.mark("a");
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();

        stuck.close();

        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
