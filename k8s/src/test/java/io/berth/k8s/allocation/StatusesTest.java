package io.berth.k8s.allocation;

import static io.berth.k8s.allocation.Given.onlyService;
import static io.berth.k8s.allocation.Given.pool;
import static io.berth.k8s.allocation.Given.service;
import static io.berth.k8s.allocation.Given.world;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.allocator.AddressRange;
import io.berth.k8s.allocation.Statuses.Status;
import io.berth.k8s.cluster.Cluster.Event;
import io.berth.k8s.resource.Service;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusesTest {

    private static final String POOL = pool("pool", "10.0.1.0/31, '2001:db8::/126'", "");
    private static final Status NONE = new Status(List.of(), "");

    /** What is decided on the only service of these manifests. */
    private static Decided decided(String... manifests) {
        Allocations allocations = new Allocations(AllocationSettings.DEFAULT);
        allocations.follow(world(manifests));
        allocations.settle();
        return allocations.all().getFirst();
    }

    private static Status status(String pool, String... addresses) {
        return new Status(
                List.of(addresses).stream().map(AddressRange::parseAddress).toList(), pool);
    }

    @Test
    void anAssignedServiceGetsItsAddressesAndTheirPool() {
        String dual = service("a/web", "ipFamilyPolicy: RequireDualStack");

        assertThat(Statuses.patch(onlyService(dual), decided(POOL, dual)))
                .hasValue(status("pool", "10.0.1.0", "2001:db8::"));
    }

    @Test
    void nothingIsWrittenWhereItStandsAlready() {
        String held = service("a/web", "", "annotations: {metallb.io/ip-allocated-from-pool: pool}", "10.0.1.1");

        assertThat(Statuses.patch(onlyService(held), decided(POOL, held))).isEmpty();
    }

    @Test
    void theFormerAnnotationIsAsGoodAsThePresentOne() {
        String held =
                service("a/web", "", "annotations: {metallb.universe.tf/ip-allocated-from-pool: pool}", "10.0.1.1");

        assertThat(Statuses.patch(onlyService(held), decided(POOL, held))).isEmpty();
    }

    @Test
    void aRefusedServiceLosesWhatStandsThere() {
        String lost = service("a/web", "", "annotations: {metallb.io/ip-allocated-from-pool: gone}", "192.0.2.1");
        Decided refused = decided(lost);

        assertThat(Statuses.patch(onlyService(lost), refused)).hasValue(NONE);
        assertThat(Statuses.lost(onlyService(lost), NONE, refused))
                .hasValue(new Event("Service/a/web", Event.Type.NORMAL, "ClearAssignment", "took back 192.0.2.1"));
    }

    @Test
    void aServiceOfAnotherTypeLosesOnlyWhatIsOurs() {
        String ours = service(
                "a/web", "type: ClusterIP", "annotations: {metallb.io/ip-allocated-from-pool: pool}", "10.0.1.1");
        String foreign = service("a/web", "type: ClusterIP", "", "192.0.2.1");

        assertThat(Statuses.patch(onlyService(ours), decided(POOL, ours))).hasValue(NONE);
        assertThat(Statuses.patch(onlyService(foreign), decided(POOL, foreign))).isEmpty();
    }

    @Test
    void aServiceOfAnotherClassIsNotTouchedWhateverItCarries() {
        String other = service(
                "a/web",
                "loadBalancerClass: other",
                "annotations: {metallb.io/ip-allocated-from-pool: pool}",
                "10.0.1.1");

        assertThat(Statuses.patch(onlyService(other), decided(POOL, other))).isEmpty();
        assertThat(Statuses.events(onlyService(other), decided(POOL, other))).isEmpty();
    }

    @Test
    void whatIsWrittenIsTheServiceThatOthersSee() {
        String plain = service("a/web");

        Service written = Statuses.written(onlyService(plain), decided(POOL, plain));

        assertThat(written.ingress()).containsExactly(AddressRange.parseAddress("10.0.1.0"));
        assertThat(written.allocatedFromPool()).isEqualTo("pool");
    }

    @Test
    void eventsSpeakTheWordsOfTheDecision() {
        String plain = service("a/web");

        assertThat(Statuses.events(onlyService(plain), decided(POOL, plain)))
                .containsExactly(new Event(
                        "Service/a/web",
                        Event.Type.NORMAL,
                        "IPAllocated",
                        "got 10.0.1.0 from pool pool, which admits everybody"));
        assertThat(Statuses.events(onlyService(plain), decided(plain)))
                .containsExactly(new Event(
                        "Service/a/web",
                        Event.Type.WARNING,
                        "AllocationFailed",
                        "NoPools: no IPAddressPool is configured"));
    }

    @Test
    void anUnclearRequestIsToldAsAFailure() {
        String unclear = service("a/web", "loadBalancerIP: web.example");

        assertThat(Statuses.events(onlyService(unclear), decided(POOL, unclear)))
                .containsExactly(new Event(
                        "Service/a/web",
                        Event.Type.WARNING,
                        "AllocationFailed",
                        "InvalidRequest: spec.loadBalancerIP: 'web.example' is not an IP address"));
    }

    @Test
    void keptAddressesOutOfScopeAreAWarning() {
        String held = service("a/web", "", "", "10.0.1.1");
        Decided kept = decided(pool("pool", "10.0.1.0/31", "namespaces: [b]"), held);

        assertThat(Statuses.events(onlyService(held), kept))
                .extracting(event -> event.type() + " " + event.reason())
                .containsExactly("Warning OutOfScope");
    }
}
