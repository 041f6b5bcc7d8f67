package io.berth.k8s.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.allocator.ServiceKey;
import io.berth.k8s.resource.ConfigError;
import io.berth.k8s.resource.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory of manifests as a cluster: what is read, what is kept, what is written beside it. */
class DirectoryClusterTest {

    private static final ServiceKey WEB = new ServiceKey("team-a", "web");
    private static final InetAddress ADDRESS = InetAddress.ofLiteral("198.51.100.1");

    @TempDir
    private Path directory;

    private final BlockingQueue<ClusterState> states = new LinkedBlockingQueue<>();
    private DirectoryCluster cluster = unopened();

    private static DirectoryCluster unopened() {
        try {
            return new DirectoryCluster(Files.createTempDirectory("berth-unused"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void aServiceThatIsWrittenIsToldOfAndOneThatIsDeletedToo() throws IOException {
        open();
        write("web.yaml", service("web"));
        await(state -> state.service(WEB).isPresent());

        Files.delete(directory.resolve("web.yaml"));
        await(state -> state.service(WEB).isEmpty());
    }

    @Test
    void manifestsInNewSubdirectoriesAreFoundAndHiddenOnesAreNot() throws IOException {
        open();
        Files.createDirectories(directory.resolve("teams/a"));
        Files.createDirectories(directory.resolve(".git"));
        write(".git/hidden.yaml", service("hidden"));
        write("teams/a/web.yaml", service("web"));

        await(state -> state.service(WEB).isPresent());
        assertThat(cluster.state().service(new ServiceKey("team-a", "hidden"))).isEmpty();
    }

    @Test
    void whatAPoolRemembersGoesWithThePool() throws IOException {
        String manifest = """
            apiVersion: metallb.io/v1beta1
            kind: IPAddressPool
            metadata: {name: gold}
            spec: {addresses: [198.51.100.0/28]}
            """;
        write("pool.yaml", manifest);
        open();
        await(state -> !state.pools().isEmpty());
        cluster.writeTenures(cluster.state().pools().getFirst(), "198.51.100.1 team-a/web")
                .toCompletableFuture()
                .join();
        assertThat(cluster.state().pools().getFirst().tenuresText()).isEqualTo("198.51.100.1 team-a/web");

        Files.delete(directory.resolve("pool.yaml"));
        await(state -> state.pools().isEmpty());
        write("pool.yaml", manifest);
        await(state -> !state.pools().isEmpty());
        assertThat(cluster.state().pools().getFirst().tenuresText()).isEmpty();
        assertThat(directory.resolve(".berth/pools/gold.yaml")).doesNotExist();
    }

    @Test
    void aFileThatBreaksKeepsItsLastGoodContentsUntilItIsMended() throws IOException {
        write("web.yaml", service("web"));
        open();

        write("web.yaml", "kind: [broken");
        ClusterState broken = await(state -> !state.errors().isEmpty());
        assertThat(broken.service(WEB)).isPresent();
        assertThat(broken.errors())
                .singleElement()
                .extracting(ConfigError::source)
                .asString()
                .endsWith("web.yaml");

        write("web.yaml", service("web") + "---\n" + service("api"));
        await(state -> state.errors().isEmpty() && state.services().size() == 2);
    }

    @Test
    void aFileThatIsEmptiedAndThenWrittenBrokenKeepsItsLastGoodContents() throws IOException {
        write("web.yaml", service("web"));
        open();

        // As editors and shells save: the file is empty for a moment.
        Files.writeString(directory.resolve("web.yaml"), "");
        Files.writeString(directory.resolve("web.yaml"), "kind: [broken");

        assertThat(await(state -> !state.errors().isEmpty()).service(WEB)).isPresent();
    }

    @Test
    void aFileThatIsRemovedAndPutBackAtOnceKeepsItsAddress() throws IOException {
        write("web.yaml", service("web"));
        open();
        cluster.writeStatus(web(), List.of(ADDRESS), "team-a-ips")
                .toCompletableFuture()
                .join();

        Files.delete(directory.resolve("web.yaml"));
        Files.writeString(directory.resolve("web.yaml"), service("web").replace("port: 80", "port: 81"));

        assertThat(await(state -> state.services().stream()
                                .anyMatch(service -> service.ports().getFirst().port() == 81))
                        .service(WEB)
                        .orElseThrow()
                        .ingress())
                .containsExactly(ADDRESS);
    }

    @Test
    void aFileThatIsEmptiedForGoodTakesItsObjectsWithIt() throws IOException {
        write("web.yaml", service("web"));
        open();

        Files.writeString(directory.resolve("web.yaml"), "");

        await(state -> state.service(WEB).isEmpty());
    }

    @Test
    void anObjectThatBecomesInvalidKeepsItsLastGoodForm() throws IOException {
        write("pool.yaml", pool("198.51.100.0/28"));
        open();

        write("pool.yaml", pool("198.51.100.0/99"));
        ClusterState invalid = await(state -> !state.errors().isEmpty());

        assertThat(invalid.pools())
                .singleElement()
                .satisfies(pool -> assertThat(pool.pool().ranges()).hasToString("[198.51.100.0/28]"));
        assertThat(invalid.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.line())
                        .contains("pool.yaml", "IPAddressPool/team-a-ips", "spec.addresses[0]", "'198.51.100.0/99'"));
    }

    @Test
    void aStatusIsWrittenBesideTheManifestsAndSurvivesARestart() throws IOException {
        write("web.yaml", service("web"));
        open();
        String before = Files.readString(directory.resolve("web.yaml"));

        assertThat(cluster.writeStatus(web(), List.of(ADDRESS), "team-a-ips")
                        .toCompletableFuture()
                        .join())
                .isEqualTo(Cluster.Written.DONE);

        assertThat(web().ingress()).containsExactly(ADDRESS);
        assertThat(Files.readString(directory.resolve("web.yaml"))).isEqualTo(before);
        cluster.close();
        open();
        assertThat(web().ingress()).containsExactly(ADDRESS);
        assertThat(web().allocatedFromPool()).isEqualTo("team-a-ips");
    }

    @Test
    void aStatusForAServiceThatHasChangedMeanwhileIsAConflict() throws IOException {
        write("web.yaml", service("web"));
        open();
        Service decidedOn = web();
        write("web.yaml", service("web").replace("port: 80", "port: 81"));
        await(state -> !state.service(WEB).equals(Optional.of(decidedOn)));

        assertThat(cluster.writeStatus(decidedOn, List.of(ADDRESS), "team-a-ips")
                        .toCompletableFuture()
                        .join())
                .isEqualTo(Cluster.Written.CONFLICT);
        assertThat(web().ingress()).isEmpty();
    }

    @Test
    void aServiceThatIsDeletedAndWrittenAgainHasNoAddressFromBefore() throws IOException {
        write("web.yaml", service("web"));
        open();
        cluster.writeStatus(web(), List.of(ADDRESS), "team-a-ips")
                .toCompletableFuture()
                .join();

        Files.delete(directory.resolve("web.yaml"));
        await(state -> state.service(WEB).isEmpty());
        write("web.yaml", service("web"));
        await(state -> state.service(WEB).isPresent());

        assertThat(web().ingress()).isEmpty();
    }

    @Test
    void aServiceWhoseManifestIsBrokenAtStartHoldsOnToItsAddress() throws IOException {
        write("web.yaml", service("web"));
        open();
        cluster.writeStatus(web(), List.of(ADDRESS), "team-a-ips")
                .toCompletableFuture()
                .join();
        cluster.close();

        write("web.yaml", "kind: [broken");
        open();
        assertThat(web().ingress()).containsExactly(ADDRESS);

        write("web.yaml", service("web"));
        await(state -> state.errors().isEmpty());
        assertThat(web().ports()).isNotEmpty();
        assertThat(web().ingress()).containsExactly(ADDRESS);
    }

    @Test
    void repeatedEventsAreCounted() throws IOException {
        open();
        var event = new Cluster.Event("Service/team-a/web", Cluster.Event.Type.WARNING, "AllocationFailed", "full");
        cluster.event(event);
        cluster.event(event);
        cluster.close();

        assertThat(Files.readString(directory.resolve(".berth/events.yaml")))
                .contains("reason: \"AllocationFailed\"", "count: 2");
    }

    @Test
    void anotherProcessOnTheSameDirectoryIsRefused() throws IOException {
        open();

        assertThatThrownBy(() -> new DirectoryCluster(directory)).isInstanceOf(Exception.class);
    }

    @Test
    void aNameThatWouldLeaveTheDirectoryIsAnError() throws IOException {
        write("evil.yaml", service("../../evil"));
        open();

        assertThat(cluster.state().services()).isEmpty();
        assertThat(cluster.state().errors())
                .singleElement()
                .satisfies(error -> assertThat(error.line()).contains("metadata.name", "'../../evil'"));
    }

    private void open() throws IOException {
        cluster.close();
        states.clear();
        cluster = new DirectoryCluster(directory);
        cluster.start((_, after) -> states.add(after));
    }

    private void write(String file, String text) throws IOException {
        Path fresh = directory.resolve(".fresh");
        Files.writeString(fresh, text);
        Files.move(fresh, directory.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    }

    private Service web() {
        return cluster.state().service(WEB).orElseThrow();
    }

    private ClusterState await(Predicate<ClusterState> wanted) {
        ClusterState state = cluster.state();
        try {
            while (!wanted.test(state)) {
                ClusterState next = states.poll(15, TimeUnit.SECONDS);
                if (next == null) {
                    throw new AssertionError("did not come; last seen: " + cluster.state());
                }
                state = next;
            }
            return state;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String pool(String addresses) {
        return """
            apiVersion: metallb.io/v1beta1
            kind: IPAddressPool
            metadata: {name: team-a-ips, namespace: metallb-system}
            spec:
              addresses: [%s]
            """.formatted(addresses);
    }

    private static String service(String name) {
        return """
            apiVersion: v1
            kind: Service
            metadata: {namespace: team-a, name: %s}
            spec:
              type: LoadBalancer
              clusterIP: 10.96.0.1
              ports: [{port: 80}]
            """.formatted(name);
    }
}
