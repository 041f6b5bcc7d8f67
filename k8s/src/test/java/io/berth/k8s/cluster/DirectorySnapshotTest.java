package io.berth.k8s.cluster;

import static io.berth.k8s.allocation.Given.pool;
import static io.berth.k8s.allocation.Given.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.allocator.ServiceKey;
import io.berth.k8s.cluster.StatusStore.Status;
import io.berth.k8s.resource.ConfigError;
import io.berth.k8s.resource.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySnapshotTest {

    @TempDir
    private Path directory = Path.of(".");

    private Path manifests(String... manifests) throws IOException {
        return Files.writeString(directory.resolve("cluster.yaml"), String.join("\n---\n", manifests));
    }

    private void written(String service, String address, String pool) throws IOException {
        new StatusStore(directory.resolve(".berth"))
                .write(ServiceKey.parse(service), new Status(List.of(InetAddress.ofLiteral(address)), pool));
    }

    private Service web() throws IOException {
        return DirectorySnapshot.of(directory).state().services().getFirst();
    }

    @Test
    void servicesHaveTheStatusThatWasWrittenBesideThem() throws IOException {
        manifests(service("team-a/web"));
        written("team-a/web", "10.0.1.3", "gold");
        written("team-a/gone", "10.0.1.4", "gold");

        assertThat(DirectorySnapshot.of(directory).state().services()).hasSize(1);
        assertThat(web().ingress()).containsExactly(InetAddress.ofLiteral("10.0.1.3"));
        assertThat(web().allocatedFromPool()).isEqualTo("gold");
    }

    @Test
    void withoutOneTheyHaveThatOfTheirManifests() throws IOException {
        manifests(service("team-a/web", "", "", "10.0.1.9"));

        assertThat(web().ingress()).containsExactly(InetAddress.ofLiteral("10.0.1.9"));
    }

    @Test
    void aStatusThatIsRemovedWhileItIsReadIsNone() throws IOException {
        manifests(service("team-a/web"));
        Path services = Files.createDirectories(directory.resolve(".berth/services/team-a"));
        Files.createSymbolicLink(services.resolve("web.yaml"), services.resolve("removed"));

        assertThat(web().ingress()).isEmpty();
    }

    @Test
    void whatOverlapsIsToldWithItsFile() throws IOException {
        Path file = manifests(pool("a", "10.0.1.0/28", ""), pool("b", "10.0.1.8/29", ""));

        assertThat(DirectorySnapshot.of(directory).errors())
                .singleElement()
                .extracting(ConfigError::line)
                .asString()
                .startsWith(file + ": IPAddressPool/b: spec.addresses: '10.0.1.8/29' overlaps with '10.0.1.0/28'");
    }

    @Test
    void thereMustBeADirectory() throws IOException {
        Path file = manifests(service("team-a/web"));

        assertThatThrownBy(() -> DirectorySnapshot.of(file)).isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> DirectorySnapshot.of(directory.resolve("nowhere")))
                .isInstanceOf(NoSuchFileException.class);
    }
}
