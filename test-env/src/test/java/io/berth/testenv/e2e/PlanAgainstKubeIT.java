package io.berth.testenv.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.testenv.BerthProcess;
import io.berth.testenv.kube.ApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code berth plan --against kube}: the check before an edit, asked of a real API server. */
class PlanAgainstKubeIT {

    private static final ApiServer SERVER = ApiServer.start();

    private static final String POOL = """
        apiVersion: metallb.io/v1beta1
        kind: IPAddressPool
        metadata: {name: team-a-ips, namespace: default}
        spec: {addresses: [%s], serviceAllocation: {namespaces: [team-a]}}
        """;

    @TempDir
    private Path edit;

    @BeforeAll
    static void fillTheCluster() {
        Path crds = Path.of(System.getProperty("berth.root")).resolve("k8s/deploy/crds");
        SERVER.kubectl(
                "apply", "-f", crds.resolve("ipaddresspools.metallb.io.yaml").toString());
        SERVER.kubectl("wait", "--for=condition=Established", "crd/ipaddresspools.metallb.io");
        SERVER.apply(POOL.formatted("10.0.1.0/28"));
        SERVER.kubectl("create", "namespace", "team-a");
        for (String name : List.of("web", "api")) {
            SERVER.apply("""
                apiVersion: v1
                kind: Service
                metadata: {name: %s, namespace: team-a}
                spec: {type: LoadBalancer, ports: [{port: 80}]}
                """.formatted(name));
        }
        SERVER.writeIngress("team-a", "web", "10.0.1.3");
        SERVER.writeIngress("team-a", "api", "10.0.1.9");
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private BerthProcess plan(String addresses) throws IOException {
        Path file = Files.writeString(edit.resolve("pool.yaml"), POOL.formatted(addresses));
        return BerthProcess.startFor(SERVER.kubeconfig(), "plan", "-f", file.toString(), "--against", "kube");
    }

    @Test
    void anEditThatMovesNobodySaysSo() throws IOException {
        try (BerthProcess plan = plan("10.0.1.0/27")) {
            assertThat(plan.awaitExit()).isZero();
            plan.awaitLine("its answer", line -> line.contains("nothing changes: 2 services keep their addresses"));
        }
    }

    @Test
    void anEditThatTakesAnAddressAwayNamesTheServiceAndEndsWithStatus1() throws IOException {
        try (BerthProcess plan = plan("10.0.1.0/29")) {
            assertThat(plan.awaitExit()).isEqualTo(1);
            plan.awaitLine(
                    "the change",
                    line -> line.matches(
                            "team-a +api +10\\.0\\.1\\.9 +10\\.0\\.1\\.0 .*no pool owns 10\\.0\\.1\\.9.*"));
            assertThat(plan.stdout()).noneMatch(line -> line.startsWith("team-a") && line.contains(" web "));
        }
    }

    @Test
    void anEditThatOverlapsWithAPoolOfTheClusterIsOneLineAndStatus2() throws IOException {
        Path file = Files.writeString(
                edit.resolve("more.yaml"), POOL.formatted("10.0.1.8/29").replace("team-a-ips", "more"));
        try (BerthProcess plan =
                BerthProcess.startFor(SERVER.kubeconfig(), "plan", "-f", file.toString(), "--against", "kube")) {
            assertThat(plan.awaitExit()).isEqualTo(2);
            plan.awaitLine(
                    "the error", line -> line.contains("more.yaml: IPAddressPool/more:") && line.contains("overlaps"));
            assertThat(plan.stderr()).hasSize(1);
        }
    }

    @Test
    void aClusterThatIsNotThereIsOneLineAndStatus2() throws IOException {
        Path nobody = Files.writeString(edit.resolve("kubeconfig"), """
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
            contexts: [{name: c, context: {cluster: c, user: u}}]
            users: [{name: u, user: {token: none}}]
            current-context: c
            """);
        Path file = Files.writeString(edit.resolve("pool.yaml"), POOL.formatted("10.0.1.0/28"));
        try (BerthProcess plan = BerthProcess.startFor(nobody, "plan", "-f", file.toString(), "--against", "kube")) {
            assertThat(plan.awaitExit()).isEqualTo(2);
            plan.awaitLine("the error", line -> line.contains("Kubernetes at https://127.0.0.1:1"));
            assertThat(plan.stderr()).hasSize(1);
        }
    }
}
