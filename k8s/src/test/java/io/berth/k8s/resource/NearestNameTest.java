package io.berth.k8s.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
