package io.berth.testenv.e2e;

import static io.berth.testenv.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import java.nio.file.Path;
import java.util.List;
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
 * A cluster as MetalLB leaves it, with its own definitions, objects, webhooks and Services: who types what the README says has
 * Berth take over, and no address changes. In this order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MovingFromMetalLbIT {

    /** The peer has not asked for IPv6 over its session. */
    private static final String[] ROUTES = {
        "198.51.100.3/32", "198.51.100.4/32", "198.51.100.5/32", "198.51.100.7/32", "198.51.100.9/32"
    };

    private static final String SELECTOR = ".spec.template.spec.nodeSelector";

    private static final Path ROOT = Path.of(System.getProperty("berth.root"));

    private final KubeSite site = KubeSite.startWith(MetalLb.definitions());

    private static final Readme MOVING = Readme.section(ROOT.resolve("README.md"), "Moving from MetalLB");

    @TempDir
    private static Path folder;

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
        site.apply(MetalLb.WORKLOADS);
        site.apply(MetalLb.FRR_K8S);
        site.server().kubectl("wait", "--for=condition=Established", "crd", "--all");
        for (String name : List.of("metallb-" + KubeSite.NODE, "of-somebody-else")) {
            site.apply("{apiVersion: frrk8s.metallb.io/v1beta1, kind: FRRConfiguration,"
                    + " metadata: {namespace: metallb-system, name: " + name + "}}");
        }
        // The last: nothing of MetalLB's kinds is taken any more.
        site.apply(MetalLb.webhooks());
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
    void thePlanSaysThatNothingChanges() {
        assertThat(type("1. ")).contains("nothing changes: 6 services keep their addresses");
    }

    private String type(String step) {
        return new Shell(folder, site.server().kubeconfig()).type(MOVING.commandsUnder(step));
    }

    @Test
    @Order(2)
    void metalLbIsStoppedAndNothingOfItIsInTheWay() {
        assertThat(refusalOfAWriteToThePool()).contains("failed calling webhook \"ipaddresspools.metallb.io\"");

        type("3. ");

        assertThat(refusalOfAWriteToThePool()).isEmpty();
        assertThat(site.field("deployment/controller", ".spec.replicas")).isEqualTo("0");
        assertThat(site.field("daemonset/speaker", SELECTOR)).contains("stopped");
        assertThat(site.field("frrconfigurations", ".items[*].metadata.name")).isEqualTo("of-somebody-else");
    }

    /** Empty when it is taken; nothing is written. */
    private String refusalOfAWriteToThePool() {
        try {
            site.server()
                    .kubectl(
                            "annotate",
                            "ipaddresspool",
                            "first",
                            "--namespace=metallb-system",
                            "--dry-run=server",
                            "tried=yes");
            return "";
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    @Order(3)
    void everyAddressStaysAndIsAnnouncedAndNoServiceIsWritten() {
        type("4. ");
        site.berthAs(account("berth-controller"), "controller").awaitLine("it leads", line -> line.contains("leading"));
        site.berthAs(account("berth-speaker"), "speaker", "--node-name", KubeSite.NODE);

        site.awaitRoutes(ROUTES);
        newServiceGets("198.51.100.0");
        assertThat(services()).containsAllEntriesOf(left);
        eventually(() -> assertThat(site.server().kubectl("get", "bgpsessions", "--namespace=metallb-system"))
                .contains("Established"));
    }

    private Path account(String name) {
        return site.server().kubeconfigForServiceAccount(KubeSite.NAMESPACE, name);
    }

    /** Once it has its address, whatever was to be done about those before it is done. */
    private void newServiceGets(String address) {
        String name = "new-" + address.replace('.', '-');
        site.service("team-a", name);
        site.awaitAddresses("team-a", name, address);
    }

    @Test
    @Order(4)
    void definitionsOfOursTakeThePlaceOfTheirsAndNothingChanges() {
        type("6. ");
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
    @Order(5)
    void whatIsNoLongerRightOnAServiceIsWrittenAsEver() {
        site.client().services().inNamespace("team-a").withName("old").delete();

        newServiceGets("198.51.100.2");
        newServiceGets("198.51.100.4");
        eventually(() -> assertThat(services()).doesNotContainKey("old"));
    }

    @Test
    @Order(6)
    void theWayBackLeavesMetalLbAsItWas() {
        Map<String, String> kept = services();

        type("The way back.");

        assertThat(refusalOfAWriteToThePool()).contains("failed calling webhook");
        assertThat(site.field("deployment/controller", ".spec.replicas")).isEqualTo("1");
        assertThat(site.field("daemonset/speaker", SELECTOR)).isEqualTo("{\"kubernetes.io/os\":\"linux\"}");
        assertThat(site.kubectl("get", "deployments,daemonsets", "--all-namespaces", "--output=name"))
                .doesNotContain("berth");
        assertThat(services()).isEqualTo(kept);
    }
}
