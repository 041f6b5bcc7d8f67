package io.berth.k8s.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestNameTest {

    private static final List<String> NAMESPACES = List.of("team-a", "team-b", "staging", "production", "a");

    @ParameterizedTest
    @CsvSource({"team-aa,team-a", "tema-b,team-b", "Staging,staging", "prodution,production", "prod-uction,production"})
    void aSlipIsRecognised(String mistyped, String meant) {
        assertThat(NearestName.of(mistyped, NAMESPACES)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"checkout", "metallb-system", "prod"})
    void anotherWordIsNoSlip(String name) {
        assertThat(NearestName.of(name, NAMESPACES)).isEmpty();
        assertThat(NearestName.hint(name, NAMESPACES)).isEmpty();
    }

    @Test
    void ofTwoThatAreEquallyNearTheFirstByNameIsSuggested() {
        assertThat(NearestName.hint("team-c", List.of("team-b", "team-a"))).isEqualTo(" (did you mean team-a?)");
    }

    /** What is left out for speed must not change what is found. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void isTheNearestByLevenshteinsDistanceWithinAThirdOfTheLetters(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            String mistyped = word(random);
            List<String> existing =
                    Stream.generate(() -> word(random)).limit(random.nextInt(8)).toList();

            assertThat(NearestName.of(mistyped, existing))
                    .as("%s among %s, seed %d", mistyped, existing, seed)
                    .isEqualTo(existing.stream()
                            .filter(name -> distance(mistyped, name)
                                    <= Math.max(1, Math.min(mistyped.length(), name.length()) / 3))
                            .min(Comparator.comparingInt((String name) -> distance(mistyped, name))
                                    .thenComparing(Comparator.naturalOrder())));
        }
    }

    private static String word(Random random) {
        return Stream.generate(() -> "abc".charAt(random.nextInt(3)))
                .limit(random.nextInt(12))
                .map(String::valueOf)
                .collect(Collectors.joining());
    }

    private static int distance(String one, String other) {
        int[][] distances = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                distances[i][j] = i == 0 || j == 0
                        ? i + j
                        : Math.min(
                                1 + Math.min(distances[i - 1][j], distances[i][j - 1]),
                                distances[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1));
            }
        }
        return distances[one.length()][other.length()];
    }
}
