package io.berth.k8s.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlipsTest {

    @Test
    void aNameThatIsNearIsSuggested() {
        assertThat(new Slips().hint("tema-a", List.of("team-a", "team-b"))).isEqualTo(" (did you mean team-a?)");
        assertThat(new Slips().hint("checkout", List.of("team-a", "team-b"))).isEmpty();
    }

    @Test
    void thousandsThatAreMissingAmongThousandsAreNotLookedFor() {
        Slips slips = new Slips();
        List<String> existing =
                IntStream.range(0, 9_000).mapToObj(i -> "tenant-" + i).toList();

        assertThat(IntStream.range(0, 9_000)
                        .mapToObj(i -> slips.hint("tenat-" + i, existing))
                        .filter(hint -> !hint.isEmpty()))
                .hasSizeBetween(10, 100);
        assertThat(slips.hint("tema-a", List.of("team-a"))).isEqualTo(" (did you mean team-a?)");
    }
}
