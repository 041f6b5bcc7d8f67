package io.berth.k8s.resource;

import static io.berth.k8s.resource.Manifest.errors;
import static io.berth.k8s.resource.Manifest.valid;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommunityTest {

    private static String manifest(String entries) {
        return Manifest.metallb("Community", "names", "communities: [" + entries + "]");
    }

    @Test
    void namesStandForValues() {
        assertThat(valid(
                                Community.class,
                                manifest("{name: gold, value: 64512:100}, {name: big, value: large:64512:1:2}"))
                        .aliases())
                .isEqualTo(Map.of("gold", "64512:100", "big", "large:64512:1:2"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        name: gold, value: gold     | spec.communities[0].value: must be N:N or large:N:N:N, got 'gold'
        name: gold, value: '1:2:3'  | spec.communities[0].value: must be N:N or large:N:N:N, got '1:2:3'
        name: gold                  | spec.communities[0].value: must be N:N or large:N:N:N, got ''
        name: '1:2', value: '1:2'   | spec.communities[0].name: must be a name, got '1:2'
        value: '1:2'                | spec.communities[0].name: must be a name, got ''
        """)
    void anEntryWithoutNameOrValueIsAnError(String entry, String problem) {
        assertThat(errors(manifest("{" + entry + "}"))).containsExactly("file.yaml: Community/names: " + problem);
    }

    @Test
    void oneNameForTwoValuesIsAnError() {
        assertThat(errors(manifest("{name: gold, value: '1:1'}, {name: gold, value: '1:2'}")))
                .containsExactly("file.yaml: Community/names: spec.communities[1].name: is there twice, got 'gold'");
    }
}
