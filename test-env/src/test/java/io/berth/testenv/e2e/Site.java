package io.berth.testenv.e2e;

import static io.berth.testenv.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.testenv.BerthProcess;
import io.berth.testenv.lab.Lab;
import io.berth.testenv.lab.Neighbour;
import io.berth.testenv.lab.ReceivedRoute;
import io.berth.testenv.lab.Router;
import io.berth.testenv.lab.RouterConfig;
import io.berth.testenv.lab.RouterKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A router, a directory of manifests, and a berth process between them: what a site of one node looks like. */
final class Site implements AutoCloseable {

    static final long BERTH_AS = 64512;
    static final Duration HOLD_TIME = Duration.ofSeconds(3);

    private final Lab lab;
    private final Router router;
    private final Path directory;
    private BerthProcess berth;

    private Site(Lab lab, Router router, Path directory) {
        this.lab = lab;
        this.router = router;
        this.directory = directory;
        writePeer();
        this.berth = startBerth();
    }

    /** A site whose router is of this AS, with these manifests beside the peer's. */
    static Site start(RouterKind kind, long routerAs, String manifests) {
        Lab lab = Lab.open();
        Router router = lab.start(
                kind,
                RouterConfig.of(
                        routerAs, Neighbour.awaited(lab.host().ipv4(), BERTH_AS).withHoldTime(HOLD_TIME)));
        try {
            Path directory = Files.createTempDirectory("berth-site");
            Files.writeString(directory.resolve("manifests.yaml"), manifests);
            Files.writeString(directory.resolve("router-as"), String.valueOf(routerAs));
            return new Site(lab, router, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writePeer() {
        write("peer.yaml", """
            apiVersion: metallb.io/v1beta2
            kind: BGPPeer
            metadata: {name: tor-1, namespace: metallb-system}
            spec:
              myASN: %d
              peerASN: %s
              peerAddress: %s
              holdTime: %ds
            """.formatted(
                        BERTH_AS, read("router-as"), router.own().ipv4().getHostAddress(), HOLD_TIME.toSeconds()));
    }

    private BerthProcess startBerth(String... more) {
        List<String> words =
                new ArrayList<>(List.of("run", "--cluster", directory.toString(), "--http", "127.0.0.1:0"));
        words.addAll(List.of(more));
        return BerthProcess.start(words.toArray(String[]::new));
    }

    Router router() {
        return router;
    }

    BerthProcess berth() {
        return berth;
    }

    /** The node's own address: what a next hop of self is. */
    InetAddress node() {
        return lab.host().ipv4();
    }

    void write(String file, String text) {
        try {
            Files.writeString(directory.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(String file) {
        try {
            Files.delete(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Berth is gone between two instructions, and started again. */
    void killAndRestartBerth() {
        berth.kill();
        berth = startBerth();
    }

    /** Berth, which has ended, is started again, with these options besides those that it always has. */
    void restartBerthThatEnded(String... more) {
        berth = startBerth(more);
    }

    /** Waits until the router has exactly these prefixes of ours. */
    void awaitRoutes(String... prefixes) {
        eventually(() ->
                assertThat(prefixes()).as("berth said: %s", berth.stderr()).containsExactlyInAnyOrder(prefixes));
    }

    Set<String> prefixes() {
        return router.routes().stream().map(ReceivedRoute::prefix).collect(Collectors.toSet());
    }

    ReceivedRoute route(String prefix) {
        List<ReceivedRoute> found = router.routes().stream()
                .filter(route -> route.prefix().equals(prefix))
                .toList();
        assertThat(found).as("routes to %s", prefix).hasSize(1);
        return found.getFirst();
    }

    @Override
    public void close() {
        berth.close();
        lab.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return router.kind() + (read("router-as").equals(String.valueOf(BERTH_AS)) ? ", internal" : ", external");
    }
}
