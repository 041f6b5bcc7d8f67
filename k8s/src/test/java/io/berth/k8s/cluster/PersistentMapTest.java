package io.berth.k8s.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersistentMapTest {

    private static PersistentMap<String, String> map(String... values) {
        return PersistentMap.of(List.of(values), value -> value.substring(0, 1));
    }

    @Test
    void nextVersionLeavesTheLastAsItWas() {
        PersistentMap<String, String> before = map("a1", "b1");

        PersistentMap<String, String> after = before.with("a", "a2").without("b");

        assertThat(before.values()).containsExactly("a1", "b1");
        assertThat(after.values()).containsExactly("a2");
    }

    @Test
    void valuesStandInTheOrderInWhichTheirKeysFirstCame() {
        assertThat(map("c1", "a1", "b1").with("c", "c2").with("a", "a2").values())
                .containsExactly("c2", "a2", "b1");
    }

    @Test
    void keyThatComesAgainComesLast() {
        assertThat(map("a1", "b1").without("a").with("a", "a2").values()).containsExactly("b1", "a2");
    }

    @Test
    void whatSaysNothingNewIsTheSameVersion() {
        PersistentMap<String, String> map = map("a1");

        assertThat(map.with("a", "A1".toLowerCase(Locale.ROOT))).isSameAs(map);
        assertThat(map.without("b")).isSameAs(map);
    }

    @Test
    void versionsWithTheSameContentAreEqualHoweverTheyCameToIt() {
        PersistentMap<String, String> one = map("a1", "b1");
        PersistentMap<String, String> other = map("b1", "a2", "c1").without("c").with("a", "a1");

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isNotEqualTo(map("a1"));
        assertThat(one.changes(other)).isEmpty();
    }

    @Test
    void changesAreInTheOrderOfArrivalAndThoseThatAreGoneBehind() {
        PersistentMap<String, String> before = map("a1", "b1", "c1", "d1");

        PersistentMap<String, String> after =
                before.without("b").with("e", "e1").with("c", "c2").with("a", "a2");

        assertThat(after.changes(before)).containsExactly("a", "c", "e", "b");
    }

    /** Against the map of the JDK. Few hash codes, so that buckets have several entries. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void behavesAsAMapThatIsCopiedForEveryVersion(long seed) {
        Random random = new Random(seed);
        PersistentMap<Key, Integer> map = PersistentMap.empty();
        Map<Key, Integer> model = new LinkedHashMap<>();
        PersistentMap<Key, Integer> earlier = map;
        Map<Key, Integer> earlierModel = Map.of();
        for (int step = 0; step < 3_000; step++) {
            Key key = new Key(random.nextInt(60));
            int value = random.nextInt(3);
            if (random.nextInt(3) == 0) {
                map = map.without(key);
                model.remove(key);
            } else {
                map = map.with(key, value);
                model.put(key, value);
            }
            assertThat(map.values()).as("seed %d step %d", seed, step).containsExactlyElementsOf(model.values());
            assertThat(map.size()).isEqualTo(model.size());
            assertThat(map.changes(earlier))
                    .as("seed %d step %d", seed, step)
                    .containsExactlyInAnyOrderElementsOf(changes(earlierModel, model));
            if (random.nextInt(10) == 0) {
                earlier = map;
                earlierModel = new LinkedHashMap<>(model);
            }
        }
    }

    private record Key(int number) {
        @Override
        public int hashCode() {
            return number % 7;
        }
    }

    private static Set<Key> changes(Map<Key, Integer> before, Map<Key, Integer> after) {
        List<Key> all = new ArrayList<>(before.keySet());
        all.addAll(after.keySet());
        Set<Key> changed = new LinkedHashSet<>(all);
        changed.removeIf(key -> Objects.equals(before.get(key), after.get(key)));
        return changed;
    }
}
