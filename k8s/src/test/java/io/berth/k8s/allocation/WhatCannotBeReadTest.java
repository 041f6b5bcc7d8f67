package io.berth.k8s.allocation;

import static io.berth.k8s.allocation.Given.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.cluster.Manifests;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A slip in a manifest takes no address away and gives none, also where a process starts with it. */
class WhatCannotBeReadTest {

    private final Allocations allocations = new Allocations(AllocationSettings.DEFAULT);

    private List<String> follow(String... manifests) {
        Manifests.Read read = Manifests.parse(String.join("\n---\n", manifests), "world.yaml");
        ClusterState state = Manifests.together(read.documents(), read.errors());
        allocations.follow(state);
        allocations.settle();
        return allocations.all().stream()
                .map(decided -> decided.service() + " " + decided.addresses())
                .toList();
    }

    private static String pool(String addresses) {
        return Given.pool("pool", addresses, "");
    }

    private static String held(String key, String address) {
        return service(key, "", "annotations: {metallb.io/ip-allocated-from-pool: pool}", address);
    }

    @Test
    void aRangeThatCannotBeReadLeavesItsAddressesWithWhoHasThem() {
        assertThat(follow(pool("10.0.1.0/28, 10.0.2.0/99"), held("a/web", "10.0.2.3"), service("a/new")))
                .containsExactlyInAnyOrder("a/web [10.0.2.3]", "a/new []");
        assertThat(follow(pool("10.0.1.0/28, 10.0.2.0/29"), held("a/web", "10.0.2.3"), service("a/new")))
                .containsExactlyInAnyOrder("a/web [10.0.2.3]", "a/new [10.0.1.0]");
    }

    @Test
    void aPoolOfWhichNoRangeCanBeReadLeavesEverythingToWhoHasIt() {
        assertThat(follow(pool("everything"), held("a/web", "10.0.2.3"))).containsExactly("a/web [10.0.2.3]");
    }

    @Test
    void anotherPoolThatCanBeReadComesBeforeWhatIsOnlyHeldOnTo() {
        assertThat(follow(
                        pool("everything"),
                        Given.pool("good", "10.0.2.0/29", ""),
                        held("a/web", "10.0.2.3"),
                        service("a/new")))
                .containsExactlyInAnyOrder("a/web [10.0.2.3]", "a/new [10.0.2.0]");
    }

    @Test
    void aSlipOnASharedAddressLeavesItShared() {
        String sharing = "annotations: {metallb.io/allow-shared-ip: key, berth.io/share-across-namespaces: '%s'}";
        String one = service("a/one", "ports: [{port: 80}]", sharing.formatted("true"), "");
        String other = service("b/other", "ports: [{port: 81}]", sharing.formatted("true"), "");
        assertThat(follow(pool("10.0.1.0/28"), one, other))
                .containsExactlyInAnyOrder("a/one [10.0.1.0]", "b/other [10.0.1.0]");

        String slipped = service("b/other", "ports: [{port: 81}]", sharing.formatted("True"), "");
        assertThat(follow(pool("10.0.1.0/28"), one, slipped))
                .containsExactlyInAnyOrder("a/one [10.0.1.0]", "b/other [10.0.1.0]");
    }

    @Test
    void nobodyJoinsOnASlip() {
        String slipped = "annotations: {metallb.io/allow-shared-ip: key, berth.io/share-across-namespaces: 'True'}";
        String consents = slipped.replace("True", "true");
        assertThat(follow(
                        pool("10.0.1.0/31"),
                        service("a/one", "ports: [{port: 80}]", slipped, "10.0.1.0"),
                        service("b/other", "ports: [{port: 81}]", consents, ""),
                        service("b/by-name", "ports: [{port: 82}], loadBalancerIP: 10.0.1.0", consents, "")))
                .containsExactlyInAnyOrder("a/one [10.0.1.0]", "b/other [10.0.1.1]", "b/by-name []");
    }

    @Test
    void aSlipGivesNoSecondAddress() {
        String families = "ipFamilyPolicy: PreferDualStack, clusterIPs: [10.96.0.1, 'fd00::1']";
        String v4 = pool("10.0.1.0/28");
        follow(v4, service("a/web", families));

        assertThat(follow(
                        pool("10.0.1.0/28, '2001:db8::/120'"),
                        service("a/web", families + ", loadBalancerIP: nonsense")))
                .containsExactly("a/web [10.0.1.0]");
    }
}
