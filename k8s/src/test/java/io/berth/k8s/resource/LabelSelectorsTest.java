package io.berth.k8s.resource;

import static io.berth.k8s.resource.Manifest.errors;
import static io.berth.k8s.resource.Manifest.valid;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.allocator.Requirement;
import io.berth.allocator.Selector;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Selectors as Kubernetes writes them, read where an advertisement chooses its nodes. */
class LabelSelectorsTest {

    private static String manifest(String selectors) {
        return Manifest.metallb("BGPAdvertisement", "all", "nodeSelectors: [" + selectors + "]");
    }

    private static List<Selector> selectors(String selectors) {
        return valid(BGPAdvertisement.class, manifest(selectors)).nodeSelectors();
    }

    @Test
    void everyOperatorIsUnderstood() {
        assertThat(selectors("""
            {matchExpressions: [
              {key: a, operator: In, values: [x, y]},
              {key: b, operator: NotIn, values: [x]},
              {key: c, operator: Exists},
              {key: d, operator: DoesNotExist}]}
            """))
                .containsExactly(new Selector(List.of(
                        new Requirement.In("a", Set.of("x", "y")),
                        new Requirement.NotIn("b", Set.of("x")),
                        new Requirement.Exists("c"),
                        new Requirement.DoesNotExist("d"))));
    }

    @Test
    void labelsAndExpressionsOfOneSelectorMustAllHold() {
        assertThat(selectors("{matchLabels: {b: y, a: x}, matchExpressions: [{key: c, operator: Exists}]}"))
                .containsExactly(new Selector(List.of(
                        new Requirement.In("a", Set.of("x")),
                        new Requirement.In("b", Set.of("y")),
                        new Requirement.Exists("c"))));
    }

    @Test
    void anEmptySelectorMatchesEverything() {
        assertThat(selectors("{}")).containsExactly(new Selector(List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        key: a, operator: Matches, values: [x] | .operator: must be In, NotIn, Exists or DoesNotExist, got 'Matches'
        key: a, operator: in, values: [x]      | .operator: must be In, NotIn, Exists or DoesNotExist, got 'in'
        key: a                                 | .operator: must be In, NotIn, Exists or DoesNotExist, got ''
        key: a, operator: In                   | .values: must not be empty for operator In
        key: a, operator: NotIn, values: []    | .values: must not be empty for operator NotIn
        key: a, operator: Exists, values: [x]  | .values: must be empty for operator Exists
        operator: Exists                       | .key: must not be empty
        """)
    void anExpressionThatMeansNothingIsAnError(String expression, String problem) {
        assertThat(errors(manifest("{}, {matchExpressions: [{" + expression + "}]}")))
                .containsExactly(
                        "file.yaml: BGPAdvertisement/all: spec.nodeSelectors[1].matchExpressions[0]" + problem);
    }

    @Test
    void aLabelThatIsNoTextAsksForQuotes() {
        assertThat(errors(manifest("{matchLabels: {canary: true}}")))
                .containsExactly("file.yaml: BGPAdvertisement/all: spec.nodeSelectors[0].matchLabels.canary: must be a"
                        + " text (put it in quotes), got 'true'");
    }
}
