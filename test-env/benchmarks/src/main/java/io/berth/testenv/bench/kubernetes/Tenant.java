package io.berth.testenv.bench.kubernetes;

import io.berth.testenv.kube.Workload;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;

/** What tenants write, and the cluster's own controllers for them. */
final class Tenant {

    private Tenant() {}

    /** Without a port on each node: there are fewer of those than services here. */
    static Service service(String namespace, String name) {
        return Workload.loadBalancer(namespace, name)
                .edit()
                .editSpec()
                .withAllocateLoadBalancerNodePorts(false)
                .endSpec()
                .build();
    }

    /** A service that no load balancer here is meant for. */
    static Service ofAnotherClass(String namespace, String name) {
        return service(namespace, name)
                .edit()
                .editSpec()
                .withLoadBalancerClass("example.com/another")
                .endSpec()
                .build();
    }

    /** The one endpoint of a service, on the one node. */
    static EndpointSlice endpoint(String namespace, String service) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(service + "-1")
                .addToLabels("kubernetes.io/service-name", service)
                .endMetadata()
                .withAddressType("IPv4")
                .addNewPort()
                .withPort(80)
                .endPort()
                .addNewEndpoint()
                .withAddresses("10.244.0.5")
                .withNodeName(Site.NODE)
                .withNewConditions()
                .withReady(true)
                .endConditions()
                .endEndpoint()
                .build();
    }
}
