package io.berth.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is decided does not depend on the order of events that have nothing to do with each other: requests, releases, labels,
 * terms and edits of pools of tenants who draw from pools of their own.
 */
class OrderOfEventsTest {

    private static final int ROUNDS = 60;
    private static final int EVENTS = 12;
    private static final Pool NOBODYS = Given.with(new Scope.Closed(), Given.pool("nobodys", "192.0.2.0/32"));

    /** What one tenant does between two moments. */
    private record Turn(String namespace, List<Event> events) {}

    /** Turns of all tenants, and then time passes. */
    private record Round(List<Turn> turns, Duration pause) {}

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 24);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void eventsOfTenantsWithPoolsOfTheirOwnComeToTheSameInAnyOrder(long seed) {
        List<Round> rounds = rounds(seed);
        Run oneAfterTheOther = new Run();
        rounds.forEach(round -> oneAfterTheOther.play(round, new ArrayDeque<>(inTurn(round))));
        for (int shuffle = 0; shuffle < 3; shuffle++) {
            Random random = new Random(seed * 31 + shuffle);
            Run mixed = new Run();
            for (Round round : rounds) {
                List<String> order = inTurn(round);
                Collections.shuffle(order, random);
                mixed.play(round, new ArrayDeque<>(order));
            }
            assertThat(mixed.said).isEqualTo(oneAfterTheOther.said);
            assertThat(mixed.allocator.assignments()).isEqualTo(oneAfterTheOther.allocator.assignments());
            assertThat(List.copyOf(mixed.allocator.reservations()))
                    .isEqualTo(List.copyOf(oneAfterTheOther.allocator.reservations()));
            assertThat(mixed.allocator.usage()).isEqualTo(oneAfterTheOther.allocator.usage());
        }
    }

    /** Whose turn it is at each event of a round: first one has all of them, then the next. */
    private static List<String> inTurn(Round round) {
        List<String> order = new ArrayList<>();
        round.turns.forEach(turn -> turn.events.forEach(_ -> order.add(turn.namespace)));
        return order;
    }

    private static List<Round> rounds(long seed) {
        Random random = new Random(seed);
        Map<String, RandomWorld> worlds = new TreeMap<>();
        for (String namespace : Place.NAMESPACES) {
            int number = worlds.size() + 1;
            worlds.put(
                    namespace,
                    new RandomWorld(random.nextLong(), Place.numbered(number, List.of(namespace), namespace + "-p")));
        }
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            List<Turn> turns = new ArrayList<>();
            worlds.forEach((namespace, world) -> turns.add(turn(namespace, world)));
            rounds.add(new Round(turns, Duration.ofSeconds(random.nextInt(20))));
        }
        return rounds;
    }

    private static Turn turn(String namespace, RandomWorld world) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            Event event = world.next();
            if (!(event instanceof Event.Wait) && !(event instanceof Event.TakeOver)) {
                events.add(event);
            }
        }
        return new Turn(namespace, events);
    }

    /** One order of the events. */
    private static final class Run {

        private final Allocator allocator = new Allocator(Pools.of(List.of(NOBODYS)), OutOfScope.KEEP);
        private final Map<String, List<Pool>> pools = new TreeMap<>();
        private final Map<String, List<String>> said = new TreeMap<>();
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        Run() {
            allocator.advance(now);
        }

        void play(Round round, Deque<String> order) {
            Map<String, Deque<Event>> left = new TreeMap<>();
            round.turns.forEach(turn -> left.put(turn.namespace, new ArrayDeque<>(turn.events)));
            order.forEach(namespace -> happen(
                    namespace, left.getOrDefault(namespace, new ArrayDeque<>()).removeFirst()));
            now = now.plus(round.pause);
            allocator.advance(now);
        }

        private void happen(String namespace, Event event) {
            List<String> words = said.computeIfAbsent(namespace, _ -> new ArrayList<>());
            switch (event) {
                case Event.Ask(Request request) -> words.add(told(allocator.allocate(request), namespace));
                case Event.Release(ServiceKey service) -> allocator.release(service);
                case Event.Edit(List<Pool> edited) -> {
                    pools.put(
                            namespace,
                            edited.stream()
                                    .map(pool -> ownedBy(namespace, pool))
                                    .toList());
                    words.add("stranded " + allocator.setPools(all()));
                }
                case Event.Wait _, Event.TakeOver _ ->
                    throw new IllegalArgumentException("concerns everybody: " + event);
            }
        }

        private Pools all() {
            List<Pool> all = new ArrayList<>(List.of(NOBODYS));
            pools.values().forEach(all::addAll);
            return Pools.of(all);
        }

        private static Pool ownedBy(String namespace, Pool pool) {
            return switch (pool.scope()) {
                case Scope.Closed _ -> pool;
                case Scope.Open _ -> Given.with(Given.namespaces(0, namespace), pool);
                case Scope.Pinned pinned ->
                    Given.with(
                            new Scope.Pinned(
                                    pinned.priority(), Set.of(namespace), List.of(), pinned.serviceSelectors()),
                            pool);
            };
        }

        private static String told(Outcome outcome, String namespace) {
            List<String> ofOwnPools = outcome.considered().verdicts().stream()
                    .filter(verdict -> verdict.pool().startsWith(namespace))
                    .map(verdict -> verdict.pool() + " " + verdict.kind() + ": " + verdict.message())
                    .toList();
            return Given.said(outcome) + ": " + outcome.message() + ofOwnPools;
        }
    }
}
