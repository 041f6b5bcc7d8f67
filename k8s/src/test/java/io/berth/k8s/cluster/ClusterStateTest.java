package io.berth.k8s.cluster;

import static io.berth.k8s.allocation.Given.namespace;
import static io.berth.k8s.allocation.Given.pool;
import static io.berth.k8s.allocation.Given.service;
import static io.berth.k8s.allocation.Given.world;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.allocator.ServiceKey;
import io.berth.k8s.resource.EndpointSlice;
import io.berth.k8s.resource.Resource;
import org.junit.jupiter.api.Test;

class ClusterStateTest {

    private static final String POOL = pool("pool", "10.0.1.0/24", "");

    private final ClusterState before = world(POOL, service("a/web"), service("a/api"), slice("web-1", "web"));

    private static String slice(String name, String service) {
        return """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {namespace: a, name: %s, labels: {kubernetes.io/service-name: %s}}
            endpoints: [{addresses: [10.244.0.1], nodeName: node}]
            """.formatted(name, service);
    }

    private static Resource only(String manifest) {
        return world(manifest).resources().getFirst();
    }

    private static ServiceKey key(String text) {
        return ServiceKey.parse(text);
    }

    @Test
    void anObjectThatChangesTakesItsPlaceAndNothingElseChanges() {
        ClusterState after = before.with(only(service("a/web", "loadBalancerIP: 10.0.1.9")));

        assertThat(after.services().getFirst().loadBalancerIp()).isEqualTo("10.0.1.9");
        assertThat(after.services()).hasSize(2);
        assertThat(after.changedServices(before)).containsExactly(key("a/web"));
        assertThat(after.changedEndpoints(before)).isEmpty();
        assertThat(after.isConfiguredAs(before)).isTrue();
    }

    @Test
    void anObjectThatIsAsItWasChangesNothing() {
        assertThat(before.with(only(service("a/web")))).isSameAs(before);
        assertThat(before.with(only(POOL))).isSameAs(before);
        assertThat(before.with(only(slice("web-1", "web")))).isSameAs(before);
        assertThat(before.without("Service/a/none")).isSameAs(before);
        assertThat(before.without("EndpointSlice/a/none")).isSameAs(before);
        assertThat(before.without("IPAddressPool/none")).isSameAs(before);
        assertThat(before.noting(before.warnings(), before.errors())).isSameAs(before);
    }

    @Test
    void objectsComeAndGo() {
        ClusterState after = before.without("Service/a/web")
                .without("IPAddressPool/pool")
                .without("EndpointSlice/a/web-1")
                .with(only(namespace("a", "x: y")))
                .with(only(service("b/new")));

        assertThat(after).isEqualTo(world(service("a/api"), namespace("a", "x: y"), service("b/new")));
        assertThat(after.changedServices(before)).containsExactly(key("b/new"), key("a/web"));
        assertThat(after.changedEndpoints(before)).containsExactly(key("a/web"));
        assertThat(after.isConfiguredAs(before)).isFalse();
    }

    @Test
    void aSliceThatBecomesAnotherServicesIsNoLongerOfTheFirst() {
        ClusterState after = before.with(only(slice("web-1", "api")));

        assertThat(after.endpointSlices(key("a/web"))).isEmpty();
        assertThat(after.endpointSlices(key("a/api"))).hasSize(1);
        assertThat(after.changedEndpoints(before)).containsExactlyInAnyOrder(key("a/web"), key("a/api"));
    }

    @Test
    void aServiceHasAllOfItsSlices() {
        ClusterState after = before.with(only(slice("web-2", "web")));

        assertThat(after.endpointSlices(key("a/web")))
                .extracting(slice -> slice.meta().name())
                .containsExactly("web-1", "web-2");
        assertThat(after.without("EndpointSlice/a/web-1").endpointSlices(key("a/web")))
                .extracting(EndpointSlice::meta)
                .extracting(meta -> meta.name())
                .containsExactly("web-2");
    }

    @Test
    void whereANodeIsMissingOneIsAssumedOnlyInWhatWasDeclared() {
        assertThat(before.nodes()).hasSize(1);
        assertThat(before.as(Picture.OBSERVED).nodes()).isEmpty();
    }
}
