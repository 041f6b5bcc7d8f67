package io.berth.testenv.kube;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;

/** What tenants write, and the cluster's own controllers for them. */
public final class Workload {

    private Workload() {}

    /** A Service of type LoadBalancer, with one port. */
    public static Service loadBalancer(String namespace, String name) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withType("LoadBalancer")
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
    }

    /** The manifest of the one endpoint of a service, on that node. */
    public static String endpoint(String namespace, String service, String node, boolean ready) {
        return """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata:
              namespace: %s
              name: %s-1
              labels: {kubernetes.io/service-name: %s}
            addressType: IPv4
            ports: [{port: 80}]
            endpoints: [{addresses: [10.244.0.5], nodeName: %s, conditions: {ready: %s}}]
            """.formatted(namespace, service, service, node, ready);
    }
}
