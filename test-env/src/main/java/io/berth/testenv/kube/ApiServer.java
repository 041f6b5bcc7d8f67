package io.berth.testenv.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A real Kubernetes API server with its etcd, on loopback alone: what a cluster is to Berth, without nodes and controllers. It
 * validates, defaults, authorises (RBAC) and hands out cluster IPs of both families as in any cluster. Nobody acts on what it
 * holds: there are no endpoints but those that a test writes, a deleted namespace stays {@code Terminating}, and a pod never
 * runs.
 *
 * <p>Starting one takes seconds and some 300 MiB, so a JVM has one that all suites share: {@link #shared()}. Each test makes a
 * namespace of its own, with {@code generateName}, and leaves it behind; what has no namespace (CRDs, ClusterRoles, Nodes)
 * belongs to all, so a test applies it, relies on nothing else being there, and names its own things after its namespace. A
 * suite that stops, kills or pauses the server starts its own: {@link #start()} and {@link #close()}.
 *
 * <p>An exact identity is had by {@link #kubeconfigFor}, or {@link #kubeconfigForServiceAccount} for what runs in a cluster: it
 * may do what its roles say, and nothing else.
 *
 * <p>{@code ./test-env/apiserver/build} has to have found or built the programs before; {@code berth.root} names the root of the
 * project. Nothing outlives the JVM, however it ends.
 */
public final class ApiServer implements AutoCloseable {

    /** Below the ports that the kernel gives to clients: a client that tries again and again must not take the port itself. */
    private static final int FIRST_PORT = 20_000;

    private static final int PORTS = 10_000;

    /** Servers beside each other look for their ports in different places. */
    private static final AtomicInteger NEXT_PORT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 16 % PORTS));

    private static final String SERVICE_CIDRS = "10.96.0.0/16,fd96:10:96::/112";

    private final Path binaries;
    private final Path home;
    private final Undertaker undertaker;
    private final UserAuthority users = new UserAuthority();
    private final URI address;
    private final ServerProcess etcd;
    private ServerProcess apiServer;
    private final Path kubeconfig;

    private ApiServer(Path binaries, Path home, Undertaker undertaker) {
        this.binaries = binaries;
        this.home = home;
        this.undertaker = undertaker;
        int[] ports = freePorts(3);
        address = URI.create("https://127.0.0.1:" + ports[0]);
        writeKeys();
        etcd = ServerProcess.start(home, etcd(ports[1], ports[2]));
        apiServer = ServerProcess.start(home, apiServer(ports[0], ports[1]));
        awaitReady();
        kubeconfig = kubeconfigFor("admin", "system:masters");
    }

    private static final class Shared {
        private static final ApiServer SERVER = start();
    }

    /** The one of this JVM, started for whoever asks first. Nobody closes it, or stops it, kills it or pauses it. */
    public static ApiServer shared() {
        return Shared.SERVER;
    }

    /** Starts one, with nothing in it but what a new cluster has. */
    public static ApiServer start() {
        Path home;
        try {
            home = Files.createTempDirectory("berth-kube-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Undertaker undertaker = Undertaker.of(home);
        try {
            return new ApiServer(binaries(), home, undertaker);
        } catch (RuntimeException e) {
            undertaker.close();
            throw e;
        }
    }

    private static Path binaries() {
        String build = Path.of(System.getProperty("berth.root"))
                .resolve("test-env/apiserver/build")
                .toString();
        return Path.of(Command.of(build, "where").output("").strip());
    }

    private void writeKeys() {
        KeyPair tokens = UserAuthority.newKeys("EC", 256);
        write("users.crt", users.certificate());
        write("tokens.key", Pem.PRIVATE_KEY.text(tokens.getPrivate().getEncoded()));
        write("tokens.pub", Pem.PUBLIC_KEY.text(tokens.getPublic().getEncoded()));
    }

    private List<String> etcd(int clients, int peers) {
        String forClients = "http://127.0.0.1:" + clients;
        String forPeers = "http://127.0.0.1:" + peers;
        return List.of(
                binaries.resolve("etcd").toString(),
                "--data-dir=" + home.resolve("etcd"),
                "--listen-client-urls=" + forClients,
                "--advertise-client-urls=" + forClients,
                "--listen-peer-urls=" + forPeers,
                "--initial-advertise-peer-urls=" + forPeers,
                "--initial-cluster=default=" + forPeers,
                // It need not outlive a power failure.
                "--unsafe-no-fsync",
                "--log-level=warn");
    }

    private List<String> apiServer(int port, int etcdPort) {
        return List.of(
                binaries.resolve("kube-apiserver").toString(),
                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                "--bind-address=127.0.0.1",
                "--secure-port=" + port,
                // Its own certificate it makes by itself, in this folder, and finds again.
                "--cert-dir=" + home,
                // The cluster has no address that anybody else could be told.
                "--advertise-address=127.0.0.1",
                "--endpoint-reconciler-type=none",
                "--authorization-mode=RBAC",
                "--client-ca-file=" + home.resolve("users.crt"),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-signing-key-file=" + home.resolve("tokens.key"),
                "--service-account-key-file=" + home.resolve("tokens.pub"),
                // No controller makes the account that this plugin wants every pod to have.
                "--disable-admission-plugins=ServiceAccount",
                "--service-cluster-ip-range=" + SERVICE_CIDRS,
                "--allow-privileged");
    }

    private void awaitReady() {
        var readiness = new Readiness(address.resolve("/readyz"), home.resolve("apiserver.crt"));
        apiServer.await(() -> {
            etcd.await(() -> true);
            return readiness.told();
        });
    }

    /** Where it listens: the same as long as it exists. */
    public URI address() {
        return address;
    }

    /** A kubeconfig file for one who may do everything. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    /** A new kubeconfig file for this user in these groups, who may do what RBAC grants to them. */
    public Path kubeconfigFor(String user, String... groups) {
        return write(kubeconfigs().with(users.issue(user, Arrays.asList(groups))));
    }

    /** A new kubeconfig file for an existing ServiceAccount, with a token that is good for a day. */
    public Path kubeconfigForServiceAccount(String namespace, String name) {
        String token = kubectl("create", "token", name, "--namespace", namespace, "--duration", "24h");
        return write(kubeconfigs().withToken(token.strip()));
    }

    private Kubeconfig kubeconfigs() {
        return new Kubeconfig(address, read("apiserver.crt"));
    }

    /**
     * What {@code kubectl} with these arguments prints for one who may do everything.
     *
     * @throws IllegalStateException when it fails; the message has what it said
     */
    public String kubectl(String... arguments) {
        return kubectl(List.of(arguments), "");
    }

    /** Applies these manifests, as {@code kubectl apply} does. */
    public void apply(String manifests) {
        kubectl(List.of("apply", "-f", "-"), manifests);
    }

    /**
     * Writes the status of an object, as its controller would; fields that are not named stay.
     *
     * @param status as JSON
     */
    public void writeStatus(String kind, String namespace, String name, String status) {
        kubectl(
                "patch",
                kind,
                name,
                "--namespace=" + namespace,
                "--subresource=status",
                "--type=merge",
                "--patch={\"status\":" + status + "}");
    }

    /** Gives a Service this address, as a load balancer does. */
    public void writeIngress(String namespace, String service, String address) {
        writeStatus("service", namespace, service, "{\"loadBalancer\":{\"ingress\":[{\"ip\":\"" + address + "\"}]}}");
    }

    private String kubectl(List<String> arguments, String input) {
        List<String> words = new ArrayList<>();
        words.add(binaries.resolve("kubectl").toString());
        words.add("--kubeconfig=" + kubeconfig);
        words.add("--cache-dir=" + home.resolve("kubectl"));
        words.addAll(arguments);
        return new Command(words).output(input);
    }

    /** Ends the API server in good order: its clients see their watches end, and then nobody there. Its data stay. */
    public void stop() {
        apiServer.stop();
    }

    /** The API server is gone from one moment to the next; its data stay. */
    public void kill() {
        apiServer.kill();
    }

    /** Starts the API server that was stopped or killed, on the same port and with the same data. */
    public void startAgain() {
        apiServer = apiServer.again();
        awaitReady();
    }

    /**
     * The API server is killed, and is back without a memory of what was before: a watch that goes on from there is answered with
     * 410 Gone, and whoever watched has to list everything again.
     */
    public void forgetHistory() {
        // Otherwise the last version that a watch has told of might be the newest there is, and one can go on from
        // that.
        kubectl("create", "configmap", "history-" + UUID.randomUUID(), "--namespace", "default");
        kill();
        startAgain();
    }

    /** The API server stands still: connections stay, new ones are accepted by the kernel, nothing is answered. */
    public void pause() {
        apiServer.pause();
    }

    /** It goes on after a pause. */
    public void unpause() {
        apiServer.unpause();
    }

    /** Ends both servers and removes everything. */
    @Override
    public void close() {
        apiServer.kill();
        etcd.kill();
        undertaker.close();
    }

    private static int[] freePorts(int count) {
        return IntStream.range(0, PORTS)
                .map(anything -> FIRST_PORT + NEXT_PORT.getAndIncrement() % PORTS)
                .filter(ApiServer::isFree)
                .limit(count)
                .toArray();
    }

    private static boolean isFree(int port) {
        try (var tried = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return tried.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private Path write(String text) {
        try {
            return Files.writeString(Files.createTempFile(home, "kubeconfig-", ""), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String file, String text) {
        try {
            Files.writeString(home.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(String file) {
        try {
            return Files.readString(home.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
