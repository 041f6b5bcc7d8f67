package io.berth.testenv.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.berth.testenv.BerthProcess;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster in which MetalLB stays: who types what the README says has Berth in a namespace of its own, for Services of a class of
 * its own. In this order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BesideMetalLbIT {

    private static final Readme BESIDE =
            Readme.section(Path.of(System.getProperty("berth.root")).resolve("k8s/deploy/README.md"), "Beside MetalLB");

    private static final String NAMESPACE = "berth-system";

    private static final String POOL = """
        apiVersion: metallb.io/v1beta1
        kind: IPAddressPool
        metadata: {name: routed, namespace: %s}
        spec: {addresses: [198.51.100.0/28]}
        """;

    @TempDir
    private static Path folder;

    private final KubeSite site = KubeSite.startWith(MetalLb.definitions());

    @BeforeAll
    void metalLbIsThere() {
        site.namespace("team-a");
        site.apply(MetalLb.WORKLOADS);
        site.apply(MetalLb.webhooks());
    }

    @AfterAll
    void close() {
        site.close();
    }

    @Test
    @Order(1)
    void itsWebhookLooksAtItsOwnNamespaceOnly() {
        new Shell(folder, site.server().kubeconfig()).type(BESIDE.commandsUnder("MetalLB's webhook refuses"));

        site.apply(POOL.formatted(NAMESPACE));
        assertThatIllegalStateException()
                .isThrownBy(() -> site.apply(POOL.formatted(KubeSite.NAMESPACE)))
                .withMessageContaining("failed calling webhook");
    }

    @Test
    @Order(2)
    void speakersOfBothFitOnOneNode() {
        assertThat(site.kubectl(
                        "get",
                        "daemonset",
                        "berth-speaker",
                        "--namespace=" + NAMESPACE,
                        "--output=jsonpath={.spec.template.spec.containers[*].ports[*].containerPort}"))
                .isEqualTo("7480");
    }

    @Test
    @Order(3)
    void aServiceOfTheClassHasItsAddressFromBerthAndOthersAreLeftAlone() {
        site.apply(KubeSite.service("team-a", "of-metallb", ""));
        site.apply(KubeSite.service("team-a", "of-berth", ", loadBalancerClass: berth.io/bgp"));

        controllerAsInstalled().awaitLine("it leads", line -> line.contains("leading"));

        site.awaitAddresses("team-a", "of-berth", "198.51.100.0");
        assertThat(site.addresses("team-a", "of-metallb")).isEmpty();
    }

    private BerthProcess controllerAsInstalled() {
        Path account = site.server().kubeconfigForServiceAccount(NAMESPACE, "berth-controller");
        String arguments = site.kubectl(
                "get",
                "deployment",
                "berth-controller",
                "--namespace=" + NAMESPACE,
                "--output=jsonpath={.spec.template.spec.containers[*].args[*]}");
        return site.berthAs(
                account,
                Stream.of(arguments.split(" "))
                        .filter(argument -> !argument.startsWith("--http="))
                        .toArray(String[]::new));
    }
}
