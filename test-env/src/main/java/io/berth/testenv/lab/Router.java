package io.berth.testenv.lab;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Capability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;

/**
 * A real router in a container: what it believes, and what can happen to it. The addresses of {@link #own} stay the same
 * through everything; BGP connections are taken on port {@value #PORT}.
 */
public final class Router implements AutoCloseable {

    public static final int PORT = 179;

    private static final int READABLE = 0644;

    private static final DockerClient DOCKER = DockerClientFactory.lazyClient();

    private final RouterKind kind;
    private final RouterSoftware software;
    private final AddressPair own;
    private final ReadyOrDead readiness;
    private final GenericContainer<?> container;
    private RouterConfig config;
    private int starts = 1;

    Router(RouterKind kind, AddressPair own, RouterConfig config, Lab lab) {
        this.kind = kind;
        this.software = kind.software();
        this.own = own;
        this.config = config;
        this.readiness = new ReadyOrDead(software.readyLine());
        this.container = new GenericContainer<>(software.image())
                .withImagePullPolicy(image -> false)
                .withNetworkMode(lab.networkId())
                .withLabels(Lab.OWNER)
                .withEnv("BERTH_TEST_ROUTER", "1")
                .withCopyToContainer(configuration(), software.configurationFile())
                .withCreateContainerCmdModifier(create -> {
                    create.withIpv4Address(own.ipv4().getHostAddress());
                    create.withIpv6Address(own.ipv6().getHostAddress());
                    Objects.requireNonNull(create.getHostConfig())
                            .withCapAdd(Capability.NET_ADMIN, Capability.SYS_ADMIN)
                            .withSysctls(Map.of(
                                    "net.ipv4.ip_forward", "1",
                                    "net.ipv6.conf.all.forwarding", "1",
                                    "net.ipv4.fib_multipath_hash_policy", "1"));
                })
                .waitingFor(readiness);
    }

    void start() {
        try {
            DOCKER.inspectImageCmd(software.image()).exec();
        } catch (NotFoundException e) {
            throw new IllegalStateException("the image " + software.image() + " is not built: run ./test-env/lab", e);
        }
        container.start();
    }

    public RouterKind kind() {
        return kind;
    }

    public AddressPair own() {
        return own;
    }

    /** Every path that it heard from its neighbours and can use. */
    public List<ReceivedRoute> routes() {
        return software.routes(exec(software.showRoutes()));
    }

    /** All that the router shows of a session, in its own form. */
    public String session(InetAddress neighbour) {
        return exec(software.showSession(configured(neighbour)));
    }

    public SessionState sessionState(InetAddress neighbour) {
        return software.session(session(neighbour));
    }

    /** The router closes the session with a Cease, as when an operator clears it, and is then ready for another. */
    public void closeSession(InetAddress neighbour) {
        exec(software.closeSession(configured(neighbour)));
    }

    /** The router asks the neighbour to send everything again. */
    public void requestRefresh(InetAddress neighbour) {
        exec(software.requestRefresh(configured(neighbour)));
    }

    /** The router stops and starts again, in the way of a service restart. */
    public void restart() {
        DOCKER.restartContainerCmd(container.getContainerId()).exec();
        awaitAnotherStart();
    }

    /** The same, with another configuration. */
    public void restart(RouterConfig changed) {
        config = changed;
        container.copyFileToContainer(configuration(), software.configurationFile());
        restart();
    }

    /** The router is gone between two instructions; the kernel closes its connections. */
    public void kill() {
        DOCKER.killContainerCmd(container.getContainerId()).exec();
    }

    /** A killed router runs again. */
    public void startAgain() {
        DOCKER.startContainerCmd(container.getContainerId()).exec();
        awaitAnotherStart();
    }

    private void awaitAnotherStart() {
        starts++;
        readiness.await(container, starts);
    }

    /** The router stands still: its kernel acknowledges, and nobody answers. */
    public void pause() {
        DOCKER.pauseContainerCmd(container.getContainerId()).exec();
    }

    public void unpause() {
        DOCKER.unpauseContainerCmd(container.getContainerId()).exec();
    }

    /** From now on no TCP segment comes in or goes out, and neither end is told. */
    public void cutSilently() {
        exec(List.of("nft", """
            table inet berth_cut {
              chain in { type filter hook input priority 0; iifname != "lo" meta l4proto tcp drop; }
              chain out { type filter hook output priority 0; oifname != "lo" meta l4proto tcp drop; }
            }\
            """));
    }

    /** The end of {@link #cutSilently}. */
    public void mend() {
        exec(List.of("nft", "delete table inet berth_cut"));
    }

    /** What the command prints in the router's container, for all that is asked too seldom for a method here. */
    public String exec(String... command) {
        return exec(List.of(command));
    }

    private String exec(List<String> command) {
        ExecResult result;
        try {
            result = container.execInContainer(StandardCharsets.UTF_8, command.toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(this + ": interrupted in " + command, e);
        }
        if (result.getExitCode() != 0) {
            throw new IllegalStateException("%s: %s ended with status %d: %s%s"
                    .formatted(this, command, result.getExitCode(), result.getStdout(), result.getStderr()));
        }
        return result.getStdout();
    }

    private InetAddress configured(InetAddress neighbour) {
        if (config.neighbours().stream().noneMatch(each -> each.address().equals(neighbour))) {
            throw new IllegalArgumentException(this + " has no neighbour " + neighbour.getHostAddress());
        }
        return neighbour;
    }

    private Transferable configuration() {
        return Transferable.of(software.configuration(config, own), READABLE);
    }

    public String log() {
        return container.getLogs();
    }

    @Override
    public void close() {
        container.stop();
    }

    @Override
    public String toString() {
        return kind + " at " + own.ipv4().getHostAddress();
    }
}
