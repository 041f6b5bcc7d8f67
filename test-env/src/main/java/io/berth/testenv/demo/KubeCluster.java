package io.berth.testenv.demo;

import io.berth.testenv.BerthProcess;
import io.berth.testenv.kube.ApiServer;
import io.berth.testenv.kube.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real API server that the manifests are applied to with kubectl, a controller and a speaker for it. There are no pods, so the one
 * node and an endpoint on it for each service are written here, as kubelets and the cluster's own controllers would.
 */
final class KubeCluster implements DemoCluster {

    private static final String NODE = "node";

    private final Path manifests;
    private final ApiServer server = ApiServer.start();
    private final List<BerthProcess> processes = new ArrayList<>();

    KubeCluster(Path manifests) {
        this.manifests = manifests;
    }

    @Override
    public String description() {
        return "a real kube-apiserver, with the manifests in "
                + Path.of(System.getProperty("berth.root")).relativize(manifests);
    }

    @Override
    public String invitation() {
        return "Change something with KUBECONFIG=" + server.kubeconfig() + " kubectl and watch";
    }

    /** The controller answers at that address: it knows who got which address, and why. */
    @Override
    public void serve(String http) throws IOException {
        Path resources = Path.of(System.getProperty("berth.root")).resolve("k8s/deploy/crds");
        server.kubectl("apply", "--server-side", "-f", resources.toString());
        server.kubectl("wait", "--for=condition=Established", "crd", "--all");
        server.apply("{apiVersion: v1, kind: Namespace, metadata: {name: metallb-system}}");
        // Namespaces before what is in them: kubectl takes the files of a folder in the order of their names.
        server.apply(Files.readString(manifests.resolve("namespaces.yaml")));
        server.apply("{apiVersion: v1, kind: Node, metadata: {name: " + NODE + "}}");
        var controller = BerthProcess.startFor(server.kubeconfig(), "controller", "--http", http);
        processes.add(controller);
        processes.add(BerthProcess.startFor(
                server.kubeconfig(), "speaker", "--node-name", NODE, "--http", "127.0.0.1:" + DemoOptions.freePort()));
        // Services that come one after the other are served so: whoever finds several at once has only the second of
        // their creation.
        controller.awaitLine("it leads", line -> line.contains("leading"));
        server.kubectl("apply", "-f", manifests.toString());
        server.apply(endpoints());
    }

    private String endpoints() {
        JsonNode services = new JsonMapper().readTree(server.kubectl("get", "services", "-A", "-o", "json"));
        return String.join(
                "---\n",
                services.path("items")
                        .valueStream()
                        .filter(service -> service.at("/spec/type").asString().equals("LoadBalancer"))
                        .map(service -> Workload.endpoint(
                                service.at("/metadata/namespace").asString(),
                                service.at("/metadata/name").asString(),
                                NODE,
                                true))
                        .toList());
    }

    @Override
    public List<BerthProcess> processes() {
        return processes;
    }

    @Override
    public void close() {
        processes.forEach(BerthProcess::close);
        server.close();
    }
}
