package io.berth.k8s.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.board.StatusSource.Kept;
import io.berth.k8s.board.Wanted.Origin;
import io.berth.k8s.loop.LoopThread;
import io.berth.k8s.loop.ManualThread;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** When statuses are written, and when not. */
class StatusLoopTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration ROUND = Duration.ofMinutes(5).plus(LOOK.multipliedBy(2));

    private static final StatusTarget POOL = new StatusTarget("Pool", "gold");
    private static final StatusTarget SESSION = new StatusTarget("Session", "node-1.tor-1");

    private final ManualThread thread = new ManualThread();
    private final Told told = new Told();
    private final Board board = new Board();
    private final StatusLoop loop = new StatusLoop(board, told, thread);

    private void begin() {
        loop.begin();
        thread.pass(LOOK);
    }

    @Test
    void whatIsNewIsWrittenAndNothingElseForAnHour() {
        told.pool(NOON, 1);
        told.session("up");

        begin();
        thread.pass(Duration.ofHours(1));

        assertThat(board.writes).containsExactlyInAnyOrder("gold {\"says\":\"1\"}", "node-1.tor-1 {\"says\":\"up\"}");
    }

    @Test
    void anIdleHourHasNoWriteWhereADefinitionLacksFields() {
        board.definesNothing = true;
        told.pool(NOON, 1);

        begin();
        thread.pass(Duration.ofHours(1));

        assertThat(board.writes).hasSize(1);
    }

    @Test
    void aPoolThatIsDeletedAndMadeAnewBetweenTwoLooksGetsItsStatus() {
        told.pool(NOON, 1);
        begin();

        board.statuses.put(POOL, MissingNode.getInstance());
        told.pool(NOON.plusSeconds(9), 1);
        thread.pass(LOOK);

        assertThat(board.statuses.get(POOL)).hasToString("{\"says\":\"1\"}");
    }

    @Test
    void soDoesOneThatHadItsStatusBeforeThisProcessBegan() {
        board.statuses.put(POOL, says("1"));
        told.pool(NOON, 1);
        begin();
        assertThat(board.writes).isEmpty();

        board.statuses.put(POOL, MissingNode.getInstance());
        told.pool(NOON.plusSeconds(9), 1);
        thread.pass(LOOK);

        assertThat(board.statuses.get(POOL)).hasToString("{\"says\":\"1\"}");
    }

    @Test
    void aStatusThatSomebodyChangesIsRestoredBeforeLong() {
        told.pool(NOON, 1);
        begin();

        board.statuses.put(POOL, says("forged"));
        thread.pass(ROUND);

        assertThat(board.statuses.get(POOL)).hasToString("{\"says\":\"1\"}");
    }

    @Test
    void anObjectOfOursThatSomebodyDeletesIsMadeAgain() {
        told.session("up");
        begin();

        board.statuses.remove(SESSION);
        thread.pass(ROUND);

        assertThat(board.statuses).containsKey(SESSION);
    }

    @Test
    void aKindThatIsInstalledLaterHasItsStatusesThenAndIsLeftAloneUntilThen() {
        board.kinds.remove("Session");
        told.session("up");
        begin();
        thread.pass(Duration.ofHours(1));
        assertThat(board.writes).hasSize(1);

        board.kinds.add("Session");
        thread.pass(ROUND);

        assertThat(board.statuses).containsKey(SESSION);
        assertThat(board.writes).hasSize(2);
    }

    @Test
    void aPoolThatWasNotThereWhenItWasWrittenOnHasItsStatusOnceItIs() {
        told.pool(Origin.People.UNKNOWN, 1);
        board.statuses.remove(POOL);
        begin();

        board.statuses.put(POOL, MissingNode.getInstance());
        thread.pass(ROUND);

        assertThat(board.statuses.get(POOL)).hasToString("{\"says\":\"1\"}");
    }

    @Test
    void whoPausesAndBeginsAgainLooksNoMoreOftenThanBefore() {
        begin();
        for (int i = 0; i < 3; i++) {
            loop.pause();
            loop.begin();
            thread.runReady();
        }
        thread.pass(LOOK.multipliedBy(2));
        int before = told.looks;

        thread.pass(LOOK.multipliedBy(10));

        assertThat(told.looks - before).isEqualTo(10);
    }

    @Test
    void whatIsNewAtTheEndIsStillSaid() throws InterruptedException {
        told.session("up");
        try (StatusLoop real = new StatusLoop(board, told, LoopThread.named("statuses"))) {
            real.begin();
            assertThat(board.written.await(10, TimeUnit.SECONDS)).isTrue();
            told.session("down");
        }

        assertThat(board.statuses.get(SESSION)).hasToString("{\"says\":\"down\"}");
    }

    private static ObjectNode says(String what) {
        return JsonNodeFactory.instance.objectNode().put("says", what);
    }

    /** What there is to say, as the tests have it. */
    private final class Told implements StatusSource {

        private volatile Map<StatusTarget, Wanted> wanted = Map.of();
        private int looks;

        void pool(Instant created, int used) {
            board.statuses.putIfAbsent(POOL, MissingNode.getInstance());
            put(POOL, Wanted.onPeoples(created, (_, _) -> says(Integer.toString(used))));
        }

        void session(String state) {
            put(SESSION, Wanted.onOurs(Map.of(), "node-1", (_, _) -> says(state)));
        }

        private void put(StatusTarget target, Wanted what) {
            Map<StatusTarget, Wanted> all = new HashMap<>(wanted);
            all.put(target, what);
            wanted = Map.copyOf(all);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public List<Kept> kept() {
            return List.of(new Kept.Peoples("Pool"), new Kept.Ours("Session", ""));
        }

        @Override
        public Map<StatusTarget, Wanted> desired() {
            looks++;
            return wanted;
        }
    }

    /** A board in memory. */
    private static final class Board implements StatusBoard {

        private final Set<String> kinds = new HashSet<>(Set.of("Pool", "Session"));
        private final Map<StatusTarget, JsonNode> statuses = new HashMap<>();
        private final List<String> writes = new ArrayList<>();
        private final CountDownLatch written = new CountDownLatch(1);
        private boolean definesNothing;

        @Override
        public Optional<Map<String, JsonNode>> standing(String kind, String label) {
            Map<String, JsonNode> ofKind = new HashMap<>();
            statuses.forEach((target, status) -> {
                if (target.kind().equals(kind)) {
                    ofKind.put(target.name(), status);
                }
            });
            return kinds.contains(kind) ? Optional.of(ofKind) : Optional.empty();
        }

        @Override
        public Optional<JsonNode> write(StatusTarget target, Origin origin, JsonNode standing, ObjectNode wanted) {
            writes.add(target.name() + " " + wanted);
            boolean isThere =
                    kinds.contains(target.kind()) && (origin instanceof Origin.Berth || statuses.containsKey(target));
            if (!isThere) {
                return Optional.empty();
            }
            JsonNode stored = definesNothing ? JsonNodeFactory.instance.objectNode() : wanted;
            statuses.put(target, stored);
            written.countDown();
            return Optional.of(stored);
        }

        @Override
        public void remove(StatusTarget target) {
            statuses.remove(target);
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
