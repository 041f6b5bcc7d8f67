package io.berth.testenv.lab;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Network.Ipam;
import io.berth.testenv.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Network;

/**
 * A network of this machine alone, with this process at one end and routers at the others. There is no way out of it: its
 * addresses lie in ranges that {@code test-env/lab} guards, and a router has no default route. Closing it removes its
 * routers too.
 */
public final class Lab implements AutoCloseable {

    /** Says which process the containers and networks belong to, so that those of a killed one can be told and removed. */
    public static final Map<String, String> OWNER = Map.of("berth.test", ownProcess());

    private static final int NETWORKS = 250;

    private static final int FIRST_ROUTER = 11;

    /** linux/if_addr.h. */
    private static final int IFA_F_TENTATIVE = 0x40;

    /** Field 22 of /proc/PID/stat, which is the 20th after the name (proc_pid_stat(5)). */
    private static final int START_TIME = 19;

    private final int number;
    private final Network network;
    private final List<Router> routers = new ArrayList<>();

    private Lab(int number, Network network) {
        this.number = number;
        this.network = network;
    }

    /** A network that no other process uses. */
    public static Lab open() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new IllegalStateException("no Docker engine answers: run ./test-env/lab");
        }
        // Processes that run beside each other begin at different numbers, and pass over those that are taken.
        int first = (int) (ProcessHandle.current().pid() % NETWORKS);
        for (int tried = 0; tried < NETWORKS; tried++) {
            int number = (first + tried) % NETWORKS + 1;
            try {
                Network network = network(number);
                network.getId();
                return new Lab(number, network);
            } catch (DockerException e) {
                if (!String.valueOf(e.getMessage()).contains("overlap")) {
                    throw e;
                }
            }
        }
        throw new IllegalStateException("all networks in 10.89.0.0/16 are taken: run test-env/lab sweep");
    }

    private static Network network(int number) {
        AddressPair host = addresses(number, 1);
        return Network.builder()
                .enableIpv6(true)
                .createNetworkCmdModifier(create -> create.withInternal(true)
                        .withLabels(OWNER)
                        .withOptions(Map.of("com.docker.network.bridge.name", bridge(number)))
                        .withIpam(new Ipam()
                                .withConfig(
                                        new Ipam.Config()
                                                .withSubnet("10.89." + number + ".0/24")
                                                .withGateway(host.ipv4().getHostAddress()),
                                        new Ipam.Config()
                                                .withSubnet("fd89:" + number + "::/64")
                                                .withGateway(host.ipv6().getHostAddress()))))
                .build();
    }

    /** This process's own addresses on the network: where it listens, and from where it dials. */
    public AddressPair host() {
        return addresses(number, 1);
    }

    /** The addresses of a router, by the order of their starts from 0: its neighbours may have to know them before. */
    public AddressPair addressesOfRouter(int nth) {
        return addresses(number, FIRST_ROUTER + nth);
    }

    /** Starts a router, and returns when it takes sessions. */
    public Router start(RouterKind kind, RouterConfig config) {
        var router = new Router(kind, addressesOfRouter(routers.size()), config, this);
        routers.add(router);
        router.start();
        if (config.neighbours().stream().anyMatch(neighbour -> neighbour.address() instanceof Inet6Address)) {
            Eventually.eventually(this::ownIpv6IsUsable, Boolean::booleanValue);
        }
        return router;
    }

    /** Duplicate address detection begins with a network's first router; before its end nothing can be bound to the address. */
    private boolean ownIpv6IsUsable() {
        return read("/proc/net/if_inet6")
                .lines()
                .map(line -> line.split("\\s+"))
                .filter(fields -> fields[5].equals(bridge(number)))
                .allMatch(fields -> (Integer.parseInt(fields[4], 16) & IFA_F_TENTATIVE) == 0);
    }

    String networkId() {
        return network.getId();
    }

    @Override
    public void close() {
        routers.forEach(Router::close);
        network.close();
    }

    /** As {@code PID/START}: a process id alone would be given again. */
    private static String ownProcess() {
        String stat = read("/proc/self/stat");
        String afterName = stat.substring(stat.lastIndexOf(')') + 2);
        return ProcessHandle.current().pid() + "/" + afterName.split(" ")[START_TIME];
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String bridge(int number) {
        return "berth-" + number;
    }

    private static AddressPair addresses(int network, int host) {
        return new AddressPair(
                InetAddress.ofLiteral("10.89." + network + "." + host),
                InetAddress.ofLiteral("fd89:" + network + "::" + host));
    }
}
