package io.berth.k8s.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.resource.ConfigError;
import io.berth.k8s.resource.Warning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestsTest {

    private static final String NAMESPACE = """
        apiVersion: v1
        kind: Namespace
        metadata: {name: team-a}
        """;

    @TempDir
    private Path directory;

    @Test
    void documentsOfOneFileAreReadInTheirOrder() throws IOException {
        write("all.yaml", NAMESPACE + "---\n---\n" + NAMESPACE.replace("team-a", "team-b"));

        assertThat(read().namespaces())
                .extracting(namespace -> namespace.meta().name())
                .containsExactly("team-a", "team-b");
    }

    @Test
    void listsAreUnfoldedAndJsonIsReadToo() throws IOException {
        write(
                "list.json",
                "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[{\"apiVersion\":\"v1\",\"kind\":\"Namespace\","
                        + "\"metadata\":{\"name\":\"team-a\"}}]}");

        assertThat(read().namespaces()).hasSize(1);
    }

    @Test
    void otherKindsAndOtherFilesArePassedOver() throws IOException {
        write("other.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n");
        write("README.md", "not: [yaml");

        assertThat(read()).isEqualTo(ClusterState.EMPTY);
    }

    @Test
    void aDuplicateNamesBothFiles() throws IOException {
        write("a.yaml", NAMESPACE);
        write("b.yaml", NAMESPACE);

        assertThat(read().errors())
                .singleElement()
                .extracting(ConfigError::line)
                .asString()
                .contains("b.yaml", "Namespace/team-a", "declared twice", "a.yaml");
    }

    @Test
    void whatIsNoYamlIsAnErrorWithItsLine() throws IOException {
        write("broken.yaml", "kind: Namespace\nmetadata: [broken\n");

        assertThat(read().errors())
                .singleElement()
                .extracting(ConfigError::line)
                .asString()
                .contains("broken.yaml: line ", "is not YAML");
    }

    @Test
    void aPathThatIsNotThereIsAnError() {
        assertThat(Manifests.read(List.of(directory.resolve("nosuch"))).errors())
                .singleElement()
                .extracting(ConfigError::line)
                .asString()
                .endsWith("nosuch: no such file or directory");
    }

    @Test
    void aFieldThatNobodyKnowsIsAWarning() throws IOException {
        write("pool.yaml", """
            apiVersion: metallb.io/v1beta1
            kind: IPAddressPool
            metadata: {name: pool}
            spec:
              addresses: [198.51.100.0/28]
              autoAsign: false
            """);

        assertThat(read().warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.reason()).isEqualTo(Warning.Reason.UNKNOWN_FIELD);
            assertThat(warning.object()).isEqualTo("IPAddressPool/pool");
            assertThat(warning.message()).contains("spec.autoAsign");
        });
    }

    @Test
    void aBillionLaughsAreNotLaughed() throws IOException {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9) + "*a" + (i - 1)));
        }
        write("bomb.yaml", bomb.toString());

        assertThat(read().resources()).isEmpty();
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text);
    }

    private ClusterState read() {
        return Manifests.read(List.of(directory));
    }
}
