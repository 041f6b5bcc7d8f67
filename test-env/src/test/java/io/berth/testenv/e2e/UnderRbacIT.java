package io.berth.testenv.e2e;

import static io.berth.testenv.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.testenv.BerthProcess;
import io.fabric8.kubernetes.api.model.Event;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two controllers and a speaker as the accounts that the manifests make for them, with the rights that those give: they do all of
 * their work, and are not refused anything once. In this order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UnderRbacIT {

    private final KubeSite site = KubeSite.start();
    private BerthProcess leader;

    @BeforeAll
    void startAsInstalled() {
        site.server()
                .kubectl(
                        "apply",
                        "-f",
                        root().resolve("k8s/deploy/manifests/berth.yaml").toString());
        site.namespace("team-a");
        site.apply(Manifest.together(Manifest.POOL, Manifest.ADVERTISEMENT, """
            apiVersion: metallb.io/v1beta1
            kind: Community
            metadata: {name: ours, namespace: metallb-system}
            spec: {communities: [{name: customers, value: "64512:7"}]}
            """, """
            apiVersion: v1
            kind: Secret
            type: kubernetes.io/basic-auth
            metadata: {name: tor-2, namespace: metallb-system}
            stringData: {password: open-sesame}
            """, """
            apiVersion: metallb.io/v1beta2
            kind: BGPPeer
            metadata: {name: tor-2, namespace: metallb-system}
            spec: {myASN: 64512, peerASN: 64514, peerAddress: 127.0.0.2, peerPort: 1, passwordSecret: {name: tor-2}}
            """));
        site.server()
                .kubectl(
                        "annotate",
                        "ipaddresspool",
                        "team-a-ips",
                        "berth.io/hold-released=1h",
                        "--namespace=metallb-system");
        leader = controller();
        leader.awaitLine("it leads", line -> line.contains("leading"));
        controller();
        site.berthAs(account("berth-speaker"), "speaker", "--node-name", KubeSite.NODE);
    }

    private static Path root() {
        return Path.of(System.getProperty("berth.root"));
    }

    private BerthProcess controller() {
        return site.berthAs(account("berth-controller"), "controller");
    }

    private Path account(String name) {
        return site.server().kubeconfigForServiceAccount("metallb-system", name);
    }

    @AfterAll
    void close() {
        site.close();
    }

    @Test
    @Order(1)
    void aServiceGetsItsAddressItsRouteAndItsEvents() {
        site.service("team-a", "web");

        site.awaitAddresses("team-a", "web", "198.51.100.0");
        site.awaitRoutes("198.51.100.0/32");
        eventually(() -> assertThat(
                        site.client().v1().events().inNamespace("team-a").list().getItems())
                .extracting(Event::getReason)
                .contains("IPAllocated", "nodeAssigned"));
    }

    @Test
    @Order(2)
    void everyStatusIsWritten() {
        eventually(() -> {
            assertThat(shown("ipaddresspool/team-a-ips", "{.status.assignedIPv4} {.status.conditions[0].reason}"))
                    .isEqualTo("1 Valid");
            assertThat(shown("ipaddresspool/team-a-ips", "{.metadata.annotations.berth\\.io/tenures}"))
                    .contains("198.51.100.0");
            assertThat(shown("bgppeer/tor-1", "{.status.conditions[0].reason}")).isEqualTo("Valid");
            assertThat(shown("bgppeer/tor-2", "{.status.conditions[0].reason}")).isEqualTo("Valid");
            assertThat(shown("bgpsession/node-a.tor-1", "{.status.state} {.status.announcedIPv4}"))
                    .isEqualTo("Established 1");
            assertThat(shown("bgpsession/node-a.tor-2", "{.status.reason}"))
                    .isNotEmpty()
                    .doesNotContainIgnoringCase("secret");
            assertThat(shown("servicebgpstatuses", "{.items[*].status.serviceName}"))
                    .isEqualTo("web");
            assertThat(shown("configurationstates", "{.items[*].metadata.name}"))
                    .isNotEmpty();
        });
    }

    private String shown(String what, String path) {
        return site.server().kubectl("get", what, "--namespace=metallb-system", "--output=jsonpath=" + path);
    }

    @Test
    @Order(3)
    void theOtherControllerTakesOverFromOneThatIsKilled() {
        String held = holder();
        leader.kill();
        site.service("team-a", "api");

        site.awaitAddresses("team-a", "api", "198.51.100.1");
        assertThat(holder()).isNotEmpty().isNotEqualTo(held);
        site.awaitAddresses("team-a", "web", "198.51.100.0");
        site.awaitRoutes("198.51.100.0/32", "198.51.100.1/32");
    }

    private String holder() {
        return shown("lease/berth-controller", "{.spec.holderIdentity}");
    }

    @Test
    @Order(4)
    void whatIsTakenAwayIsWrittenToo() {
        site.client().services().inNamespace("team-a").withName("web").delete();
        site.server()
                .kubectl(
                        "patch",
                        "service",
                        "api",
                        "--namespace=team-a",
                        "--patch={\"spec\": {\"type\": \"ClusterIP\"}}");

        site.awaitRoutes();
        site.awaitAddresses("team-a", "api");
        eventually(() -> assertThat(shown("servicebgpstatuses", "{.items[*].metadata.name}"))
                .isEmpty());
        site.client()
                .genericKubernetesResources("metallb.io/v1beta2", "BGPPeer")
                .inNamespace("metallb-system")
                .withName("tor-2")
                .delete();
        eventually(() ->
                assertThat(shown("bgpsessions", "{.items[*].metadata.name}")).isEqualTo("node-a.tor-1"));
    }

    @Test
    @Order(5)
    void nothingWasForbiddenToThem() {
        assertThat(List.of("orbidden", " 403", "code=403"))
                .allSatisfy(word -> assertThat(site.said()).noneMatch(line -> line.contains(word)));
    }
}
