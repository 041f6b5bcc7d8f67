package io.berth.k8s.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.allocator.Pool;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which pools are used together, and what a process that runs keeps when they stop fitting. */
class ConfigurationTest {

    @Test
    void poolsThatDoNotOverlapAreAllUsed() {
        Configuration configuration = Configuration.of(pools("a: 198.51.100.0/28", "b: 198.51.100.16/28"));

        assertThat(names(configuration)).containsExactlyInAnyOrder("a", "b");
        assertThat(configuration.errors()).isEmpty();
    }

    @Test
    void anOverlapIsAnErrorThatNamesBothEntries() {
        Configuration configuration = Configuration.of(pools("a: 198.51.100.0/28", "b: 198.51.100.8-198.51.100.9"));

        assertThat(names(configuration)).containsExactly("a");
        assertThat(configuration.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.line())
                        .isEqualTo("IPAddressPool/b: spec.addresses: '198.51.100.8-198.51.100.9' overlaps with "
                                + "'198.51.100.0/28' of IPAddressPool/a"));
    }

    @Test
    void aPoolThatComesToOverlapKeepsItsLastGoodForm() {
        Configuration before = Configuration.of(pools("a: 198.51.100.0/28", "b: 198.51.100.16/28"));

        Configuration after = before.followedBy(pools("a: 198.51.100.0/27", "b: 198.51.100.16/28"));

        assertThat(after.errors()).hasSize(1);
        assertThat(after.pools().named("a").orElseThrow().ranges()).hasToString("[198.51.100.0/28]");
        assertThat(names(after)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aNewPoolThatOverlapsWithOneThatWorksIsLeftOutWhateverItsName() {
        Configuration before = Configuration.of(pools("b: 198.51.100.16/28"));

        Configuration after = before.followedBy(pools("a: 198.51.100.0/27", "b: 198.51.100.16/28"));

        assertThat(names(after)).containsExactly("b");
    }

    @Test
    void aMendedConfigurationIsUsedAgain() {
        Configuration broken = Configuration.of(pools("a: 198.51.100.0/28", "b: 198.51.100.0/28"));

        Configuration mended = broken.followedBy(pools("a: 198.51.100.0/28", "b: 198.51.100.16/28"));

        assertThat(mended.errors()).isEmpty();
        assertThat(names(mended)).containsExactlyInAnyOrder("a", "b");
    }

    private static List<String> names(Configuration configuration) {
        return configuration.pools().inOrder().stream().map(Pool::name).toList();
    }

    private static ClusterState pools(String... pools) {
        var yaml = new StringBuilder();
        for (String pool : pools) {
            String[] parts = pool.split(": ", 2);
            yaml.append("""
                ---
                apiVersion: metallb.io/v1beta1
                kind: IPAddressPool
                metadata: {name: %s, namespace: metallb-system}
                spec:
                  addresses: [%s]
                """.formatted(parts[0], parts[1]));
        }
        return Manifests.together(Manifests.parse(yaml.toString(), "pools.yaml").documents(), List.of());
    }
}
