package io.berth.k8s.allocation;

import static io.berth.k8s.allocation.Given.pool;
import static io.berth.k8s.allocation.Given.service;
import static io.berth.k8s.allocation.Given.world;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.allocator.ServiceKey;
import io.berth.k8s.cluster.Cluster.Writers;
import org.junit.jupiter.api.Test;

class TakingsTest {

    private static final String OURS = "annotations: {metallb.io/ip-allocated-from-pool: pool}";
    private static final String POOL = pool("pool", "10.0.1.0/28", "");
    private static final String OTHER_POOL = pool("pool", "10.0.2.0/28", "");
    private static final String WEB = service("a/web", "", OURS, "10.0.1.0");

    private final Allocations allocations = new Allocations(AllocationSettings.DEFAULT, Writers.SEVERAL);
    private final Takings takings = new Takings(Writers.SEVERAL);

    private void become(String... manifests) {
        allocations.follow(world(manifests));
        allocations.settle();
        takings.follow(allocations);
    }

    private boolean areSure(Takings those) {
        ServiceKey web = new ServiceKey("a", "web");
        return those.areSure(
                allocations.service(web).orElseThrow(), allocations.decided(web).orElseThrow());
    }

    @Test
    void givingNeedsNoLook() {
        become(POOL, service("a/web"));

        assertThat(areSure(takings)).isTrue();
    }

    @Test
    void anAddressIsTakenAfterALookThatBeganWhenThatHadBeenDecided() {
        become(OTHER_POOL, WEB);
        assertThat(areSure(takings)).isFalse();

        takings.lookFor(allocations);
        assertThat(areSure(takings)).isTrue();
    }

    @Test
    void whatTheLookDidNotConfirmNeedsAnotherOne() {
        become(OTHER_POOL, WEB);
        takings.lookFor(allocations);
        become(POOL, WEB);
        assertThat(areSure(takings)).isTrue();

        become(OTHER_POOL, WEB);
        assertThat(areSure(takings)).isFalse();
    }

    @Test
    void aServiceOfAnotherTypeGivesItsAddressBackWithoutALook() {
        become(POOL, service("a/web", "type: ClusterIP", OURS, "10.0.1.0"));

        assertThat(areSure(takings)).isTrue();
    }

    @Test
    void whoeverDecidesAloneKnowsEverything() {
        become(OTHER_POOL, WEB);

        assertThat(areSure(new Takings(Writers.THIS_ONE))).isTrue();
    }
}
