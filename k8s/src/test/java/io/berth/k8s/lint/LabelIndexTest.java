package io.berth.k8s.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.allocator.Requirement;
import io.berth.allocator.Selector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelIndexTest {

    private static final List<String> KEYS = List.of("a", "b", "c");
    private static final List<String> VALUES = List.of("", "x", "y", "z");

    /** The index is there for speed: what it finds is what the selectors themselves say, object by object. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void findsWhatTheSelectorsThemselvesMatch(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<Map<String, String>> objects = Stream.generate(() -> labels(random))
                    .limit(random.nextInt(12))
                    .toList();
            List<Selector> selectors = Stream.generate(() -> selector(random))
                    .limit(random.nextInt(4))
                    .toList();

            assertThat(new LabelIndex(objects).matching(selectors).stream())
                    .as("%s of %s, seed %d", selectors, objects, seed)
                    .containsExactlyElementsOf(IntStream.range(0, objects.size())
                            .filter(i -> selectors.stream().anyMatch(selector -> selector.matches(objects.get(i))))
                            .boxed()
                            .toList());
        }
    }

    private static Map<String, String> labels(Random random) {
        Map<String, String> labels = new HashMap<>();
        IntStream.range(0, random.nextInt(3)).forEach(_ -> labels.put(any(KEYS, random), any(VALUES, random)));
        return labels;
    }

    private static Selector selector(Random random) {
        return new Selector(Stream.generate(() -> requirement(random))
                .limit(random.nextInt(3))
                .toList());
    }

    private static Requirement requirement(Random random) {
        String key = any(KEYS, random);
        Set<String> values = random.nextBoolean() ? Set.of(any(VALUES, random)) : Set.of("x", "z");
        return switch (random.nextInt(4)) {
            case 0 -> new Requirement.In(key, values);
            case 1 -> new Requirement.NotIn(key, values);
            case 2 -> new Requirement.Exists(key);
            default -> new Requirement.DoesNotExist(key);
        };
    }

    private static String any(List<String> words, Random random) {
        return words.get(random.nextInt(words.size()));
    }

    @Test
    void suggestsNothingForALabelThatIsThere() {
        LabelIndex index = new LabelIndex(List.of(Map.of("tier", "gold"), Map.of("tier", "golds")));
        Selector wanted =
                new Selector(List.of(new Requirement.In("tier", Set.of("gold")), new Requirement.DoesNotExist("teir")));

        assertThat(index.hint(wanted, new Slips())).isEmpty();
    }

    @Test
    void suggestsTheFirstThingThatIsMissing() {
        LabelIndex index = new LabelIndex(List.of(Map.of("tier", "gold", "stage", "live")));

        assertThat(index.hint(
                        new Selector(
                                List.of(new Requirement.In("tier", Set.of("gold")), new Requirement.Exists("stages"))),
                        new Slips()))
                .isEqualTo(" (did you mean stage?)");
    }
}
