package io.berth.allocator;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Long random histories of requests, releases, edits of pools, labels and terms, of time that passes and of processes that take
 * over, with everything checked after every step: against the naive model, which says what must be given, and against the rules
 * that hold whatever happens.
 *
 * <p>The ordinary build takes a million steps. {@code -Dberth.histories=N} runs N histories instead, {@code -Dberth.seed=S} the
 * one that begins with S.
 */
class HistoriesTest {

    private static final int STEPS = 10_000;

    static LongStream seeds() {
        Long seed = Long.getLong("berth.seed");
        return seed == null
                ? LongStream.rangeClosed(1, Integer.getInteger("berth.histories", 100))
                : LongStream.of(seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyStepKeepsTheRules(long seed) {
        RandomWorld world = new RandomWorld(seed);
        OutOfScope policy = seed % 4 == 0 ? OutOfScope.REASSIGN : OutOfScope.KEEP;
        List<Event> events = new ArrayList<>(STEPS);
        History history = new History(policy);
        try {
            for (int step = 0; step < STEPS; step++) {
                Event event = world.next();
                events.add(event);
                history.after(event);
            }
            history.end();
        } catch (AssertionError | RuntimeException broken) {
            throw new AssertionError(
                    "step " + events.size() + " of the history of seed " + seed + "; to run it again:\n"
                            + "  mvn -pl allocator test -Dtest=HistoriesTest -Dberth.seed=" + seed + "\n"
                            + Transcript.shortest(events, policy),
                    broken);
        }
    }
}
