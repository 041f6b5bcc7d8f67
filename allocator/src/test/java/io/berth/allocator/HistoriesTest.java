package io.berth.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.allocator.Outcome.Assigned;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Long random histories of requests, releases, edits of pools and restarts, with everything checked after every step: against
 * the naive model where it says what must be given, and against the rules that hold whatever happens.
 *
 * <p>{@code -Dberth.histories=N} runs that many histories instead of the few of the ordinary build.
 */
class HistoriesTest {

    private static final int STEPS = 250;

    static Stream<Long> seeds() {
        return Stream.iterate(1L, seed -> seed + 1).limit(Integer.getInteger("berth.histories", 24));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyStepKeepsTheRules(long seed) {
        new History(seed).run();
    }

    private static final class History {

        private final RandomWorld world;
        private final OutOfScope policy;
        private final long seed;
        private final NaiveAllocator model;
        private final Set<ServiceKey> displaced = new HashSet<>();
        private Pools pools;
        private Allocator allocator;
        private String step = "start";

        History(long seed) {
            this.seed = seed;
            this.world = new RandomWorld(seed);
            this.policy = seed % 4 == 0 ? OutOfScope.REASSIGN : OutOfScope.KEEP;
            this.pools = world.pools();
            this.model = new NaiveAllocator(pools.inOrder());
            this.allocator = new Allocator(pools, policy);
        }

        void run() {
            for (int i = 0; i < STEPS; i++) {
                switch (world.choose(20)) {
                    case 0 -> editPools();
                    case 1 -> restart();
                    case 2, 3, 4 -> release(world.service());
                    default -> allocate(world.request());
                }
                checkRules();
            }
        }

        private void allocate(Request request) {
            step = "allocate " + request;
            List<Address> before = held(request.service());
            Outcome outcome = allocator.allocate(request);
            List<Address> after = outcome instanceof Assigned assigned ? assigned.addresses() : List.of();
            if (before.isEmpty()) {
                check(after, model.choose(request));
            } else {
                checkKept(request, before, outcome, after);
            }
            boolean wasDisplaced = displaced.remove(request.service());
            if (before.isEmpty() && !after.isEmpty()) {
                check(outcome.reason(), wasDisplaced ? "Reassigned" : "Allocated");
            } else if (after.isEmpty() && (wasDisplaced || !before.isEmpty())) {
                displaced.add(request.service());
            }
            checkVerdicts(outcome);
            checkNewOnesInScope(request, before, after);
            record(request, after);
        }

        /** What a service holds changes only where it must, or where its owner asks for something that can be given. */
        private void checkKept(Request request, List<Address> before, Outcome outcome, List<Address> after) {
            List<Address> lawful = before.stream()
                    .filter(address -> request.families().wants(address.family()) && model.free(address, request))
                    .toList();
            boolean closed = lawful.stream()
                    .anyMatch(address ->
                            !model.owner(address).orElseThrow().scope().admits(request));
            boolean mayMove = closed && policy == OutOfScope.REASSIGN;
            if (lawful.isEmpty() || mayMove) {
                model.holdings.remove(request.service());
                check(after, model.choose(request));
                return;
            }
            boolean metBefore = request.wish().addresses().isEmpty()
                    && request.wish().namedPool().isEmpty()
                    && !(request.families() instanceof Families.Both);
            assertThat(after).as(context()).isNotEmpty();
            if (metBefore || outcome.reason().startsWith("Kept")) {
                assertThat(after).as(context()).containsAll(lawful);
            }
            if (outcome.reason().equals("Kept")) {
                assertThat(closed).as(context()).isFalse();
                assertThat(request.wish().addresses().isEmpty()
                                || Set.copyOf(request.wish().addresses()).equals(Set.copyOf(after)))
                        .as(context())
                        .isTrue();
            }
            if (outcome.reason().equals("KeptOutOfScope")) {
                assertThat(closed).as(context()).isTrue();
            }
            if (!after.containsAll(lawful)) {
                check(after, model.choose(request));
            }
        }

        private void checkNewOnesInScope(Request request, List<Address> before, List<Address> after) {
            for (Address address : after) {
                Pool pool = model.owner(address).orElseThrow();
                boolean isNew = !before.contains(address);
                assertThat(!isNew || pool.scope().admits(request)).as(context()).isTrue();
                assertThat(request.families().wants(address.family()))
                        .as(context())
                        .isTrue();
            }
        }

        /** Every pool has exactly one verdict, and none of the words names a namespace or service that is not the tenant's. */
        private void checkVerdicts(Outcome outcome) {
            List<Verdict> verdicts = outcome.considered().verdicts();
            assertThat(verdicts)
                    .as(context())
                    .extracting(Verdict::pool)
                    .containsExactlyInAnyOrderElementsOf(
                            pools.inOrder().stream().map(Pool::name).toList());
            assertThat(verdicts.stream().filter(verdict -> verdict.kind() == Verdict.Kind.SELECTED))
                    .as(context())
                    .hasSizeLessThanOrEqualTo(1);
            String others = RandomWorld.namespacesBut(outcome.service().namespace());
            assertThat(Stream.concat(
                            Stream.of(outcome.message()), verdicts.stream().map(Verdict::message)))
                    .as(context())
                    .noneMatch(message -> message.matches(".*\\b(" + others + ")\\b.*"));
        }

        private void release(ServiceKey service) {
            step = "release " + service;
            allocator.release(service);
            model.holdings.remove(service);
            displaced.remove(service);
        }

        private void editPools() {
            pools = world.pools();
            step = "pools " + pools.inOrder();
            model.setPools(pools.inOrder());
            Set<ServiceKey> stranded = new HashSet<>();
            for (NaiveAllocator.Holding holding : List.copyOf(model.holdings.values())) {
                List<Address> owned =
                        holding.addresses().stream().filter(model::owned).toList();
                if (owned.size() < holding.addresses().size()) {
                    stranded.add(holding.request().service());
                    displaced.add(holding.request().service());
                    record(holding.request(), owned);
                }
            }
            check(allocator.setPools(pools), stranded);
        }

        /** A new allocator is told what everybody has, and must come to know it exactly. */
        private void restart() {
            step = "restart";
            allocator = new Allocator(pools, policy);
            displaced.clear();
            model.holdings
                    .values()
                    .forEach(holding -> assertThat(allocator.restore(holding.request(), holding.addresses()))
                            .as(context())
                            .isTrue());
        }

        private void record(Request request, List<Address> addresses) {
            model.holdings.remove(request.service());
            if (!addresses.isEmpty()) {
                model.holdings.put(request.service(), new NaiveAllocator.Holding(request, addresses));
            }
        }

        private List<Address> held(ServiceKey service) {
            return Optional.ofNullable(model.holdings.get(service))
                    .map(NaiveAllocator.Holding::addresses)
                    .orElse(List.of());
        }

        private void checkRules() {
            Map<ServiceKey, List<Address>> known = new TreeMap<>();
            allocator.assignments().forEach(each -> known.put(each.service(), each.addresses()));
            Map<ServiceKey, List<Address>> expected = new TreeMap<>();
            model.holdings.forEach((service, holding) -> expected.put(service, holding.addresses()));
            check(known, expected);
            for (NaiveAllocator.Holding holding : model.holdings.values()) {
                assertThat(holding.addresses())
                        .as(context())
                        .allMatch(address -> model.owned(address) && model.free(address, holding.request()));
            }
            allocator.usage().forEach(this::checkUsage);
        }

        private void checkUsage(PoolUsage usage) {
            Pool pool = pools.named(usage.pool()).orElseThrow();
            Map<String, Set<Address>> byNamespace = new HashMap<>();
            for (NaiveAllocator.Holding holding : model.holdings.values()) {
                holding.addresses().stream()
                        .filter(pool::owns)
                        .forEach(address -> byNamespace
                                .computeIfAbsent(holding.request().service().namespace(), _ -> new HashSet<>())
                                .add(address));
            }
            Set<Address> used = new HashSet<>();
            byNamespace.values().forEach(used::addAll);
            for (Family family : Family.values()) {
                List<Address> all = new ArrayList<>(NaiveAllocator.all(pool));
                all.removeIf(address -> address.family() != family);
                check(usage.of(family).total(), BigInteger.valueOf(all.size()));
                all.removeAll(used);
                check(usage.of(family).available(), BigInteger.valueOf(all.size()));
            }
            Map<String, Integer> counts = new HashMap<>();
            byNamespace.forEach((namespace, addresses) -> counts.put(namespace, addresses.size()));
            Map<String, Integer> said = new HashMap<>();
            usage.namespaces().forEach((namespace, held) -> said.put(namespace, held.total()));
            check(said, counts);
        }

        private void check(Object actual, Object expected) {
            assertThat(actual).as(context()).isEqualTo(expected);
        }

        private String context() {
            return "seed " + seed + ", " + step;
        }
    }
}
