package io.berth.testenv.e2e;

import static io.berth.testenv.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.testenv.BerthProcess;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster as MetalLB leaves it, with its own definitions, objects and Services: Berth takes over, and no address changes. In
 * this order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MovingFromMetalLbIT {

    /** The peer has not asked for IPv6 over its session. */
    private static final String[] ROUTES = {
        "198.51.100.3/32", "198.51.100.4/32", "198.51.100.5/32", "198.51.100.7/32", "198.51.100.9/32"
    };

    private static final Path ROOT = Path.of(System.getProperty("berth.root"));

    private final KubeSite site = KubeSite.startWith(definitionsOfMetalLb());

    @TempDir
    private Path folder;

    private Map<String, String> left = Map.of();

    @BeforeAll
    void asMetalLbLeavesIt() {
        site.namespace("team-a");
        site.apply(Manifest.together("""
            apiVersion: metallb.io/v1beta1
            kind: IPAddressPool
            metadata: {name: first, namespace: metallb-system}
            spec: {addresses: [198.51.100.0/28, "2001:db8:100::/124"]}
            """, """
            apiVersion: metallb.io/v1beta1
            kind: BGPAdvertisement
            metadata: {name: all, namespace: metallb-system}
            """));
        String from = "metallb.io/ip-allocated-from-pool: first";
        leaves("web", from, "", "198.51.100.3");
        leaves("old", "metallb.universe.tf/ip-allocated-from-pool: first", "", "198.51.100.4");
        leaves("dns-tcp", from + ", metallb.io/allow-shared-ip: dns", "", "198.51.100.5");
        leaves(
                "dns-udp",
                from + ", metallb.universe.tf/allow-shared-ip: dns",
                "ports: [{port: 80, protocol: UDP}]",
                "198.51.100.5");
        leaves("both", from, "ipFamilyPolicy: RequireDualStack", "198.51.100.7", "2001:db8:100::7");
        leaves("asked", from + ", metallb.io/loadBalancerIPs: 198.51.100.9", "", "198.51.100.9");
        left = services();
    }

    private static Path definitionsOfMetalLb() {
        try {
            Process fetched =
                    new ProcessBuilder(ROOT.resolve("test-env/metallb/crds").toString()).start();
            return Path.of(fetched.inputReader().readAllAsString().strip()).resolve("crd");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void leaves(String name, String annotations, String spec, String... addresses) {
        String ports = spec.startsWith("ports") ? spec : "ports: [{port: 80}], " + spec;
        site.apply(Manifest.together("""
            apiVersion: v1
            kind: Service
            metadata: {namespace: team-a, name: %s, annotations: {%s}}
            spec: {type: LoadBalancer, %s}
            """.formatted(name, annotations, ports), KubeSite.endpoint("team-a", name, true)));
        String ingress = String.join("\"}, {\"ip\": \"", addresses);
        site.server()
                .kubectl(
                        "patch",
                        "service",
                        name,
                        "--namespace=team-a",
                        "--subresource=status",
                        "--type=merge",
                        "--patch={\"status\": {\"loadBalancer\": {\"ingress\": [{\"ip\": \"" + ingress + "\"}]}}}");
    }

    @AfterAll
    void close() {
        site.close();
    }

    /** What each Service has, and its resourceVersion, by which a write would be seen. */
    private Map<String, String> services() {
        return site.client().services().inNamespace("team-a").list().getItems().stream()
                .collect(Collectors.toMap(
                        service -> service.getMetadata().getName(),
                        MovingFromMetalLbIT::state,
                        (a, b) -> a,
                        TreeMap::new));
    }

    private static String state(Service service) {
        return service.getStatus().getLoadBalancer().getIngress().stream()
                        .map(LoadBalancerIngress::getIp)
                        .toList()
                + " at " + service.getMetadata().getResourceVersion();
    }

    @Test
    @Order(1)
    void thePlanSaysThatNothingChanges() throws IOException {
        String kinds = "ipaddresspools,bgppeers,bgpadvertisements,communities,bfdprofiles";
        Path saved = Files.writeString(
                folder.resolve("metallb.yaml"),
                site.server().kubectl("get", kinds, "--namespace=metallb-system", "--output=yaml"));

        try (BerthProcess plan = BerthProcess.startFor(
                site.server().kubeconfig(), "plan", "-f", saved.toString(), "--against", "kube")) {
            assertThat(plan.awaitExit())
                    .as("%s %s", plan.stdout(), plan.stderr())
                    .isZero();
            plan.awaitLine("its answer", line -> line.contains("nothing changes: 6 services keep their addresses"));
        }
    }

    @Test
    @Order(2)
    void everyAddressStaysAndIsAnnouncedAndNoServiceIsWritten() {
        site.server()
                .kubectl(
                        "apply",
                        "--server-side",
                        "-f",
                        ROOT.resolve("k8s/deploy/crds/bgpsessions.berth.io.yaml")
                                .toString());
        site.controller().awaitLine("it leads", line -> line.contains("leading"));
        site.speaker();

        site.awaitRoutes(ROUTES);
        newServiceGets("198.51.100.0");
        assertThat(services()).containsAllEntriesOf(left);
        eventually(() -> assertThat(site.server().kubectl("get", "bgpsessions", "--namespace=metallb-system"))
                .contains("Established"));
    }

    /** Once it has its address, whatever was to be done about those before it is done. */
    private void newServiceGets(String address) {
        String name = "new-" + address.replace('.', '-');
        site.service("team-a", name);
        site.awaitAddresses("team-a", name, address);
    }

    @Test
    @Order(3)
    void definitionsOfOursTakeThePlaceOfTheirsAndNothingChanges() {
        // Not by the server's side: MetalLB's conversion webhook would stay, which ours do not have.
        site.server().kubectl("apply", "-f", ROOT.resolve("k8s/deploy/crds").toString());
        site.server().kubectl("wait", "--for=condition=Established", "crd", "--all");

        newServiceGets("198.51.100.1");
        assertThat(services()).containsAllEntriesOf(left);
        eventually(() -> assertThat(site.router().routes()).hasSize(ROUTES.length + 2));
        // What theirs had no room for.
        eventually(() -> assertThat(site.server()
                        .kubectl("get", "ipaddresspool", "first", "--namespace=metallb-system", "--output=yaml"))
                .contains("reason: Valid"));
    }

    @Test
    @Order(4)
    void whatIsNoLongerRightOnAServiceIsWrittenAsEver() {
        site.client().services().inNamespace("team-a").withName("old").delete();

        newServiceGets("198.51.100.2");
        newServiceGets("198.51.100.4");
        eventually(() -> assertThat(services()).doesNotContainKey("old"));
    }
}
