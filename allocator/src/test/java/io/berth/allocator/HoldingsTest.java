package io.berth.allocator;

import static io.berth.allocator.Given.service;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoldingsTest {

    private static final PoolLedger LEDGER =
            new PoolLedger(Given.pool("p", "10.0.0.0/16"), new NamespaceTally(), new Reservations());

    private final Holdings holdings = new Holdings();

    private static Holding holding(String key, int number) {
        Address address = new Address(Family.IPV4, 0, number);
        return Holding.of(service(key), List.of(address), _ -> LEDGER);
    }

    @Test
    void whatIsPutTakesThePlaceOfWhatTheServiceHad() {
        Holding first = holding("ns/web", 1);
        Holding second = holding("ns/web", 2);

        assertThat(holdings.put(first)).isNull();
        assertThat(holdings.put(second)).isSameAs(first);
        assertThat(holdings.get(new ServiceKey("ns", "web"))).isSameAs(second);
        assertThat(holdings.stream()).containsExactly(second);
    }

    @Test
    void serviceThatHasNothingCanBeAskedForAndRemoved() {
        assertThat(holdings.get(new ServiceKey("ns", "web"))).isNull();
        assertThat(holdings.remove(new ServiceKey("ns", "web"))).isNull();
    }

    /** Texts of two letters each, Aa and BB, all of the same hash. */
    private static String colliding(int number) {
        return Integer.toBinaryString(32 + number).replace("0", "Aa").replace("1", "BB");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void agreesWithAMapHoweverKeysCollide(long seed) {
        Random random = new Random(seed);
        Map<ServiceKey, Holding> naive = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            int number = random.nextInt(i < 10_000 ? 32 : 3_000);
            String name = number < 32 && random.nextBoolean() ? colliding(number) : "web-" + number;
            ServiceKey key = new ServiceKey("ns", name);
            switch (random.nextInt(3)) {
                case 0 -> assertThat(holdings.remove(key)).as("seed %d", seed).isSameAs(naive.remove(key));
                case 1 -> assertThat(holdings.get(key)).as("seed %d", seed).isSameAs(naive.get(key));
                default -> {
                    Holding holding = holding("ns/" + name, i);
                    assertThat(holdings.put(holding)).as("seed %d", seed).isSameAs(naive.put(key, holding));
                }
            }
        }
        assertThat(holdings.stream()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(naive.values());
    }
}
