package io.berth.k8s.allocation;

import static io.berth.k8s.allocation.Given.pool;
import static io.berth.k8s.allocation.Given.service;
import static io.berth.k8s.allocation.Given.world;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.allocator.ServiceKey;
import io.berth.k8s.cluster.Cluster.Writers;
import io.berth.k8s.cluster.ClusterState;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is promised to a service, or still stands on it, is nobody else's. */
class PromisesTest {

    private static final String TWO = pool("pool", "10.0.1.0/31", "");

    private final Allocations allocations = new Allocations(AllocationSettings.DEFAULT, Writers.SEVERAL);

    private static String versioned(String key, String version, String spec, String held) {
        return service(key, spec, "resourceVersion: '" + version + "'", held);
    }

    private static ClusterState promising(String book, String... manifests) {
        ClusterState state =
                world(Stream.concat(Stream.of(TWO), Stream.of(manifests)).toArray(String[]::new));
        return state.with(state.pools().getFirst().with(book));
    }

    private void follow(ClusterState state) {
        allocations.follow(state);
        allocations.settle();
    }

    private List<String> addresses(String service) {
        return allocations.decided(ServiceKey.parse(service)).orElseThrow().addresses().stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void whatIsPromisedIsGivenToWhomItIsPromised() {
        follow(promising("10.0.1.1 a/web =7", versioned("a/api", "6", "", ""), versioned("a/web", "7", "", "")));

        assertThat(addresses("a/web")).containsExactly("10.0.1.1");
        assertThat(addresses("a/api")).containsExactly("10.0.1.0");
    }

    @Test
    void whatIsPromisedIsNobodyElsesThoughTheServiceGetsSomethingElseByNow() {
        follow(promising(
                "10.0.1.0 a/web =7",
                versioned("a/web", "7", "loadBalancerIP: 10.0.1.1", ""),
                versioned("a/api", "6", "", "")));

        assertThat(addresses("a/web")).containsExactly("10.0.1.1");
        assertThat(addresses("a/api")).isEmpty();
    }

    @Test
    void aPromiseIsOverOnceTheServiceIsAnother() {
        String api = versioned("a/api", "6", "", "");
        follow(promising("10.0.1.0 a/web =7", versioned("a/web", "7", "loadBalancerIP: 10.0.1.1", ""), api));
        follow(promising("10.0.1.0 a/web =7", versioned("a/web", "8", "loadBalancerIP: 10.0.1.1", ""), api));

        assertThat(addresses("a/api")).containsExactly("10.0.1.0");
    }

    @Test
    void aPromiseIsOverOnceTheServiceIsGone() {
        String api = versioned("a/api", "6", "loadBalancerIP: 10.0.1.0", "");
        follow(promising("10.0.1.0 a/web =7", versioned("a/web", "7", "", ""), api));
        assertThat(addresses("a/api")).isEmpty();
        follow(promising("10.0.1.0 a/web =7", api));

        assertThat(addresses("a/api")).containsExactly("10.0.1.0");
    }

    @Test
    void aPromiseToAServiceThatWasAnotherWhenItWasReadIsNone() {
        follow(promising("10.0.1.0 a/web =5", versioned("a/web", "7", "", ""), versioned("a/api", "6", "", "")));

        assertThat(addresses("a/web")).hasSize(1);
        assertThat(addresses("a/api")).hasSize(1);
    }

    @Test
    void aPromiseHoldsThoughThePoolLosesTheAddressAndGetsItBack() {
        String web = versioned("a/web", "7", "", "");
        String promise = "10.0.1.1 a/web =7";
        follow(promising(promise, web));
        assertThat(addresses("a/web")).containsExactly("10.0.1.1");
        ClusterState smaller = world(pool("pool", "10.0.1.0/32", ""), web);
        follow(smaller.with(smaller.pools().getFirst().with(promise)));
        assertThat(addresses("a/web")).containsExactly("10.0.1.0");
        follow(promising(promise, web, versioned("a/api", "8", "", "")));

        assertThat(addresses("a/web")).containsExactly("10.0.1.0");
        assertThat(addresses("a/api")).isEmpty();
    }

    @Test
    void whatADecisionTakesFromAServiceIsNobodyElsesUntilItStandsThereNoMore() {
        String api = versioned("a/api", "6", "loadBalancerIP: 10.0.1.0", "");
        follow(promising("", versioned("a/web", "7", "", "10.0.1.0"), api));
        follow(promising("", versioned("a/web", "8", "loadBalancerIP: 10.0.1.1", "10.0.1.0"), api));
        assertThat(addresses("a/web")).containsExactly("10.0.1.1");
        assertThat(addresses("a/api")).isEmpty();

        follow(promising("", versioned("a/web", "9", "loadBalancerIP: 10.0.1.1", "10.0.1.1"), api));
        assertThat(addresses("a/api")).containsExactly("10.0.1.0");
    }

    @Test
    void whatStandsOnAServiceOfAnotherClassIsNobodyElses() {
        Allocations alone = new Allocations(AllocationSettings.DEFAULT);
        alone.follow(world(TWO, service("a/theirs", "loadBalancerClass: x/y", "", "10.0.1.0"), service("a/api")));
        alone.settle();

        assertThat(alone.decided(ServiceKey.parse("a/api")).orElseThrow().addresses())
                .hasToString("[10.0.1.1]");
    }

    @Test
    void whatHasToBePromisedIsWhatAServiceIsToHaveAndHasNot() {
        follow(promising("", versioned("a/web", "7", "", ""), versioned("a/old", "3", "", "10.0.1.0")));

        assertThat(allocations.promised(ServiceKey.parse("a/old"))).isEmpty();
        assertThat(allocations.tenures().get("pool"))
                .singleElement()
                .hasToString("Promised[service=a/web, address=10.0.1.1, version=7]");
    }

    @Test
    void whoDecidesAlonePromisesNothing() {
        Allocations alone = new Allocations(AllocationSettings.DEFAULT);
        alone.follow(world(TWO, service("a/web")));
        alone.settle();

        assertThat(alone.tenures().get("pool")).isEmpty();
    }
}
