package io.berth.testenv.bench.kubernetes;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the API server can do, with nobody else at work: the patch of a status that a controller writes for each service, sent by a
 * client that does nothing else. Nobody who allocates can be quicker.
 */
record PlainClient(KubernetesClient client) {

    private static final String NAMESPACE = "plain-client";

    /** Patches a second, of so many services. */
    double writesPerSecond(int services) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        List<String> names = IntStream.range(0, services)
                .mapToObj(number -> "service-" + number)
                .toList();
        Together.each(
                names,
                name -> client.resource(Tenant.ofAnotherClass(NAMESPACE, name)).create());
        patch(names, "warm-up", "192.0.2.1");
        Duration took = patch(names, "measured", "192.0.2.2");
        client.services().inNamespace(NAMESPACE).delete();
        return services * 1e9 / took.toNanos();
    }

    private Duration patch(List<String> names, String pool, String address) {
        String status = """
            {"metadata": {"annotations": {"metallb.io/ip-allocated-from-pool": "%s"}},
             "status": {"loadBalancer": {"ingress": [{"ip": "%s"}]}}}
            """.formatted(pool, address);
        return Together.each(
                names,
                name -> client.services()
                        .inNamespace(NAMESPACE)
                        .withName(name)
                        .subresource("status")
                        .patch(PatchContext.of(PatchType.JSON_MERGE), status));
    }
}
