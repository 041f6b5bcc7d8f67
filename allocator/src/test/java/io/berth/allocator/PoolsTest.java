package io.berth.allocator;

import static io.berth.allocator.Given.address;
import static io.berth.allocator.Given.avoidingBuggyIps;
import static io.berth.allocator.Given.inNamespaceWith;
import static io.berth.allocator.Given.label;
import static io.berth.allocator.Given.labelled;
import static io.berth.allocator.Given.namespaces;
import static io.berth.allocator.Given.namespacesWith;
import static io.berth.allocator.Given.pool;
import static io.berth.allocator.Given.pools;
import static io.berth.allocator.Given.priority;
import static io.berth.allocator.Given.service;
import static io.berth.allocator.Given.servicesWith;
import static io.berth.allocator.Given.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolsTest {

    @Test
    void overlapBetweenPoolsIsAnErrorThatNamesBoth() {
        assertThatThrownBy(() -> pools(pool("a", "10.0.0.0/24"), pool("b", "10.0.1.0/24", "10.0.0.9-10.0.0.12")))
                .hasMessage("IPAddressPool/b: addresses '10.0.0.9-10.0.0.12' overlap with '10.0.0.0/24'"
                        + " of IPAddressPool/a");
    }

    @Test
    void overlapInsideAPoolIsAnErrorThatNamesBothEntries() {
        assertThatThrownBy(() -> pools(pool("a", "10.0.0.0/24", "10.0.0.255-10.0.1.3")))
                .hasMessage("IPAddressPool/a: addresses '10.0.0.255-10.0.1.3' overlap with '10.0.0.0/24'"
                        + " of the same pool");
    }

    @Test
    void overlapIsFoundThroughAnEntryThatEndsInBetween() {
        assertThat(Pools.overlaps(
                        List.of(pool("wide", "10.0.0.0/16"), pool("low", "10.0.0.0/30"), pool("high", "10.0.9.0/30"))))
                .hasSize(2);
    }

    @Test
    void neighboursDoNotOverlap() {
        assertThat(Pools.overlaps(List.of(pool("a", "10.0.0.0/25", "::/1"), pool("b", "10.0.0.128/25", "8000::/1"))))
                .isEmpty();
    }

    @Test
    void twoPoolsOfOneNameAreAnError() {
        assertThatThrownBy(() -> pools(pool("a", "10.0.0.0/24"), pool("a", "10.0.1.0/24")))
                .hasMessage("two IPAddressPools are named a");
    }

    @Test
    void addressBelongsToThePoolThatGivesIt() {
        Pools pools = pools(avoidingBuggyIps(pool("a", "10.0.0.0/24")), pool("b", "10.0.2.0/24"));
        assertThat(pools.owning(address("10.0.0.7")).map(Pool::name)).contains("a");
        assertThat(pools.owning(address("10.0.2.0")).map(Pool::name)).contains("b");
        assertThat(pools.owning(address("10.0.0.255"))).isEmpty();
        assertThat(pools.owning(address("10.0.1.7"))).isEmpty();
        assertThat(pools.owning(address("::a00:207"))).isEmpty();
    }

    @Test
    void orderIsPinnedThenPriorityThenTheMoreSpecificScopeThenTheName() {
        Pool named = with(namespaces(5, "ns"), pool("z-listed", "10.0.0.0/32"));
        Pool selected = with(namespacesWith(5, label("a", "b")), pool("y-selected", "10.0.0.1/32"));
        Pool services = with(servicesWith(5, label("a", "b")), pool("x-services", "10.0.0.2/32"));
        Pool all = with(priority(5), pool("w-all", "10.0.0.3/32"));
        Pool same = with(priority(5), pool("w-same", "10.0.0.4/32"));
        Pool later = with(namespaces(6, "ns"), pool("a-later", "10.0.0.5/32"));
        Pool unset = with(namespaces(0, "ns"), pool("a-unset", "10.0.0.6/32"));
        Pool open = pool("a-open", "10.0.0.7/32");
        Pool openToo = pool("b-open", "10.0.0.8/32");
        assertThat(pools(openToo, open, unset, later, same, all, services, selected, named)
                        .inOrder())
                .containsExactly(named, selected, services, all, same, later, unset, open, openToo);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void indexFindsExactlyThePoolsThatAdmit(long seed) {
        Random random = new Random(seed);
        Pools pools = Pools.of(IntStream.range(0, 60)
                .mapToObj(i -> with(scope(random), pool("p" + i, "10.0." + i + ".0/24")))
                .toList());
        for (int i = 0; i < 300; i++) {
            Request request = inNamespaceWith(
                    labels(random), labelled(labels(random), service("ns" + random.nextInt(5) + "/web")));
            assertThat(pools.admitting(request))
                    .as("seed %d, %s", seed, request)
                    .isEqualTo(pools.inOrder().stream()
                            .filter(pool -> pool.scope().judge(request) instanceof Scope.Admission.Admitted)
                            .toList());
        }
    }

    private static Scope scope(Random random) {
        return random.nextInt(8) == 0
                ? new Scope.Open()
                : new Scope.Pinned(
                        random.nextInt(3),
                        random.nextBoolean() ? Set.of() : Set.of("ns" + random.nextInt(5), "elsewhere"),
                        selectors(random),
                        selectors(random));
    }

    private static List<Selector> selectors(Random random) {
        return IntStream.range(0, random.nextInt(3))
                .mapToObj(_ -> new Selector(IntStream.range(0, random.nextInt(3))
                        .mapToObj(_ -> requirement(random))
                        .toList()))
                .toList();
    }

    private static Requirement requirement(Random random) {
        String key = "k" + random.nextInt(3);
        Set<String> values = random.nextBoolean() ? Set.of("v0") : Set.of("v1", "v2");
        return switch (random.nextInt(6)) {
            case 0 -> new Requirement.NotIn(key, values);
            case 1 -> new Requirement.Exists(key);
            case 2 -> new Requirement.DoesNotExist(key);
            default -> new Requirement.In(key, values);
        };
    }

    private static Map<String, String> labels(Random random) {
        return random.nextInt(4) == 0
                ? Map.of()
                : Map.of("k" + random.nextInt(3), "v" + random.nextInt(3), "other", "label");
    }
}
