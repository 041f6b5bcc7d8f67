package io.berth.testenv.kube;

import static io.berth.testenv.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.berth.testenv.lab.Lab;
import io.berth.testenv.lab.Neighbour;
import io.berth.testenv.lab.Router;
import io.berth.testenv.lab.RouterConfig;
import io.berth.testenv.lab.RouterKind;
import io.berth.testenv.lab.SessionState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The container image, confined as the chart confines it: no root, no capability, no writes but to {@code /tmp}. */
class ImageDeployIT {

    private static final String IMAGE = "berth-test/berth";

    private static final List<String> CONFINED = List.of(
            "--read-only",
            "--tmpfs=/tmp:size=16m,mode=1777",
            "--cap-drop=ALL",
            "--security-opt=no-new-privileges",
            "--network=host");

    @TempDir
    private static Path files;

    @BeforeAll
    static void build() {
        Command.of(Chart.DEPLOY.resolve("image/build").toString(), "--tag", IMAGE)
                .output("");
    }

    @Test
    void itSaysItsVersionWithNothingToWriteToAtAll() {
        assertThat(docker("run", "--rm", "--read-only", "--cap-drop=ALL", "--network=none", IMAGE, "--version"))
                .matches("berth \\d+\\.\\d+\\.\\d+\\s*");
    }

    @Test
    void itsUserIsANumberOtherThanRootAndItsArgumentsGoToBerth() {
        assertThat(docker("image", "inspect", "--format={{.Config.User}} {{.Config.Entrypoint}}", IMAGE))
                .isEqualToIgnoringNewLines("65532:65532 [berth]");
    }

    @Test
    void whatItLearntAtItsFirstStartIsUsed() {
        assertThat(runToItsEnd(List.of("--env=BERTH_JAVA_OPTS=-XX:AOTMode=on"), "--version"))
                .startsWith("berth ");
    }

    @Test
    void itHoldsNoProgramsButAShellAndJava() {
        assertThat(docker(
                        "run", "--rm", "--network=none", "--entrypoint=sh", IMAGE, "-c", "echo /usr/bin/* /usr/sbin/*"))
                .isEqualToIgnoringNewLines("/usr/bin/dash /usr/bin/sh /usr/sbin/*");
    }

    @Test
    void theHeapIsHalfOfWhatTheContainerMayHave() {
        String flags =
                runToItsEnd(List.of("--memory=200m", "--env=BERTH_JAVA_OPTS=-XX:+PrintFlagsFinal"), "run", "--help");

        assertThat(flags).containsPattern("MaxHeapSize += " + 100 * 1024 * 1024 + " ");
    }

    @Test
    void itBecomesReadyOnADirectoryOfManifests() throws IOException {
        Path manifests = Files.writeString(files.resolve("manifests.yaml"), """
            apiVersion: metallb.io/v1beta1
            kind: IPAddressPool
            metadata: {name: a, namespace: metallb-system}
            spec: {addresses: [198.51.100.0/28]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: team-a}
            spec: {type: LoadBalancer, clusterIPs: [10.96.0.1], ipFamilies: [IPv4], ports: [{port: 80}]}
            """);
        List<String> directory =
                List.of("--tmpfs=/cluster:uid=65532", "--volume=" + manifests + ":/cluster/manifests.yaml:ro");

        try (Running berth = Running.of(directory, "run", "--cluster", "/cluster", "--http", "127.0.0.1:0")) {
            String address = eventually(
                            () -> Pattern.compile("serving .*http=(\\S+)")
                                    .matcher(berth.log())
                                    .results()
                                    .toList(),
                            found -> !found.isEmpty())
                    .getFirst()
                    .group(1);
            eventually(() -> assertThat(get(address, "/readyz").statusCode()).isEqualTo(200));
            eventually(
                    () -> assertThat(get(address, "/api/v1/allocations").body()).contains("198.51.100.0"));
        }
    }

    private static HttpResponse<String> get(String address, String path) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(address).resolve(path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** TCP MD5 signatures (RFC 2385) are nothing that the kernel keeps for the privileged. */
    @Test
    void aSessionWithAPasswordTakesNoCapability() throws IOException {
        Path password = Files.writeString(files.resolve("password"), "secret");
        try (Lab lab = Lab.open()) {
            String own = lab.host().ipv4().getHostAddress();
            Router router = lab.start(
                    RouterKind.FRR,
                    RouterConfig.of(64513, Neighbour.awaited(lab.host().ipv4(), 64512)));
            router.exec(
                    "vtysh",
                    "-c",
                    "configure terminal",
                    "-c",
                    "router bgp 64513",
                    "-c",
                    "neighbor " + own + " password secret");

            try (Running berth = Running.of(
                    List.of("--volume=" + password + ":/password:ro"),
                    "announce",
                    "--local-as=64512",
                    "--peer-as=64513",
                    "--peer=" + router.own().ipv4().getHostAddress() + ":" + Router.PORT,
                    "--local-address=" + own,
                    "--password-file=/password")) {
                eventually(() -> assertThat(router.sessionState(lab.host().ipv4()))
                        .as(berth.log())
                        .isEqualTo(SessionState.ESTABLISHED));
            }
        }
    }

    private static final String[] LISTENING = {"collect", "--local-as=64513", "--listen=127.17.9.1:179"};

    @Test
    void toListenOnPort179TakesRootWithOneCapability() {
        assertThatIllegalStateException()
                .as("not root, with the capability")
                .isThrownBy(() -> runToItsEnd(List.of("--cap-add=NET_BIND_SERVICE"), LISTENING))
                .withMessageContaining("179");
        assertThatIllegalStateException()
                .as("root, without the capability")
                .isThrownBy(() -> runToItsEnd(List.of("--user=0:0"), LISTENING))
                .withMessageContaining("179");

        try (Running berth = Running.of(List.of("--user=0:0", "--cap-add=NET_BIND_SERVICE"), LISTENING)) {
            eventually(() -> assertThat(berth.log()).contains("listening on 127.17.9.1:179"));
        }
    }

    private static String runToItsEnd(List<String> options, String... arguments) {
        return new Command(run("--rm", options, arguments)).output("");
    }

    private static List<String> run(String how, List<String> options, String... arguments) {
        List<String> words = new ArrayList<>(List.of("docker", "run", how));
        Lab.OWNER.forEach((label, owner) -> words.add("--label=" + label + "=" + owner));
        words.addAll(CONFINED);
        words.addAll(options);
        words.add(IMAGE);
        words.addAll(Arrays.asList(arguments));
        return words;
    }

    private static String docker(String... arguments) {
        List<String> words = new ArrayList<>(List.of("docker"));
        words.addAll(Arrays.asList(arguments));
        return new Command(words).output("");
    }

    /** A container that runs until it is closed. */
    private record Running(String id) implements AutoCloseable {

        static Running of(List<String> options, String... arguments) {
            return new Running(
                    new Command(run("--detach", options, arguments)).output("").strip());
        }

        /** What it has printed so far, whichever way. */
        String log() {
            return Command.of("sh", "-c", "docker logs " + id + " 2>&1").output("");
        }

        @Override
        public void close() {
            docker("rm", "--force", "--volumes", id);
        }
    }
}
