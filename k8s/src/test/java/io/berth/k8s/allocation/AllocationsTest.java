package io.berth.k8s.allocation;

import static io.berth.k8s.allocation.Given.aged;
import static io.berth.k8s.allocation.Given.namespace;
import static io.berth.k8s.allocation.Given.pool;
import static io.berth.k8s.allocation.Given.service;
import static io.berth.k8s.allocation.Given.world;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.allocator.OutOfScope;
import io.berth.allocator.Outcome;
import io.berth.allocator.ServiceKey;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.cluster.Picture;
import io.berth.k8s.resource.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AllocationsTest {

    private static final String POOL = pool("pool", "10.0.1.0/31", "");

    private final Allocations allocations = new Allocations(AllocationSettings.DEFAULT);

    private void follow(String... manifests) {
        allocations.follow(world(manifests));
        allocations.settle();
    }

    /** What a service has and why: "10.0.1.0 Allocated", or the reason alone. */
    private String of(String service) {
        return allocations
                .decided(ServiceKey.parse(service))
                .map(AllocationsTest::text)
                .orElse("nothing decided");
    }

    private static String text(Decided decided) {
        return switch (decided) {
            case Decided.Considered(Outcome.Assigned assigned) ->
                String.join(
                                ",",
                                assigned.addresses().stream()
                                        .map(Object::toString)
                                        .toList()) + " " + assigned.reason();
            case Decided.Considered(Outcome.Refused refused) -> refused.reason();
            case Decided.Unclear unclear -> unclear.refusal().reason();
            case Decided.NotLoadBalancer _ -> "NotLoadBalancer";
            case Decided.NotOurs _ -> "NotOurs";
        };
    }

    private String message(String service) {
        return switch (allocations.decided(ServiceKey.parse(service)).orElseThrow()) {
            case Decided.Considered(Outcome outcome) -> outcome.message();
            case Decided.Unclear unclear -> unclear.refusal().message();
            case Decided.NotOurs(ServiceKey _, String why) -> why;
            case Decided.NotLoadBalancer _ -> "";
        };
    }

    @Nested
    class AtTheStart {

        @Test
        void heldAddressesAreAdoptedBeforeAnyIsGiven() {
            follow(POOL, aged("a/new", 1, ""), aged("a/holder", 9, "10.0.1.0"));

            assertThat(of("a/holder")).isEqualTo("10.0.1.0 Kept");
            assertThat(of("a/new")).isEqualTo("10.0.1.1 Allocated");
        }

        @Test
        void theOlderServiceIsServedFirst() {
            follow(POOL, aged("a/youngest", 3, ""), aged("a/oldest", 1, ""), aged("a/middle", 2, ""));

            assertThat(of("a/oldest")).isEqualTo("10.0.1.0 Allocated");
            assertThat(of("a/middle")).isEqualTo("10.0.1.1 Allocated");
            assertThat(of("a/youngest")).isEqualTo("PoolExhausted");
        }

        @Test
        void withoutAgesTheOrderOfReadingCounts() {
            follow(POOL, service("a/z"), service("a/y"), service("a/x"));

            assertThat(of("a/z")).isEqualTo("10.0.1.0 Allocated");
            assertThat(of("a/x")).isEqualTo("PoolExhausted");
        }

        @Test
        void ofTwoThatHoldOneAddressTheOlderKeepsIt() {
            follow(POOL, aged("a/younger", 2, "10.0.1.0"), aged("a/older", 1, "10.0.1.0"));

            assertThat(of("a/older")).isEqualTo("10.0.1.0 Kept");
            assertThat(of("a/younger")).isEqualTo("10.0.1.1 Reassigned");
        }

        @Test
        void anAddressThatNoPoolOwnsAnyMoreIsReplaced() {
            String wasOurs =
                    service("a/web", "", "annotations: {metallb.io/ip-allocated-from-pool: gone}", "192.0.2.1");
            follow(POOL, wasOurs);

            assertThat(of("a/web")).isEqualTo("10.0.1.0 Reassigned");
        }

        @Test
        void decisionsAreListedInTheOrderOfTheirTurns() {
            follow(POOL, aged("a/young", 3, ""), aged("a/old", 1, ""), aged("a/holder", 9, "10.0.1.0"));

            assertThat(allocations.all())
                    .extracting(decided -> decided.service().name())
                    .containsExactly("holder", "old", "young");
        }
    }

    @Nested
    class AServiceOfAnotherLoadBalancer {

        @Test
        void isLeftAloneWhenNothingShowsItsAddressToBeOurs() {
            follow(POOL, service("a/web", "", "", "192.0.2.1"));

            assertThat(of("a/web")).isEqualTo("NotOurs");
            assertThat(message("a/web")).isEqualTo("it has 192.0.2.1, which neither Berth nor MetalLB gave it");
        }

        @Test
        void isServedOnceTheOtherHasLetGo() {
            follow(POOL, service("a/web", "", "", "192.0.2.1"));
            follow(POOL, service("a/web"));

            assertThat(of("a/web")).isEqualTo("10.0.1.0 Allocated");
        }

        @Test
        void isOursOnceAPoolOwnsItsAddress() {
            follow(POOL, service("a/web", "", "", "192.0.2.1"));
            follow(POOL, pool("adopted", "192.0.2.0/24", ""), service("a/web", "", "", "192.0.2.1"));

            assertThat(of("a/web")).isEqualTo("192.0.2.1 Kept");
        }

        @Test
        void givesBackWhatItHadOfUs() {
            follow(POOL, service("a/web"), service("a/api"), service("a/waits"));
            follow(POOL, service("a/web", "loadBalancerClass: other"), service("a/api"), service("a/waits"));

            assertThat(of("a/web")).isEqualTo("NotOurs");
            assertThat(of("a/waits")).isEqualTo("10.0.1.0 Allocated");
        }
    }

    @Nested
    class WhenSomethingComesFree {

        private final String[] full = {POOL, aged("a/one", 1, "10.0.1.0"), aged("a/two", 2, "10.0.1.1")};

        private void follow(List<String> manifests) {
            AllocationsTest.this.follow(manifests.toArray(String[]::new));
        }

        private List<String> full(String... more) {
            List<String> all = new ArrayList<>(List.of(full));
            all.addAll(List.of(more));
            return all;
        }

        @Test
        void theOldestThatWaitsIsServedAlsoWhenAYoungerOneComesAtThatMoment() {
            follow(full(aged("a/waits", 3, "")));
            assertThat(of("a/waits")).isEqualTo("PoolExhausted");

            List<String> changed = full(aged("a/waits", 3, ""), aged("a/comes", 4, ""));
            changed.remove(1);
            follow(changed);

            assertThat(of("a/one")).isEqualTo("nothing decided");
            assertThat(of("a/waits")).isEqualTo("10.0.1.0 Allocated");
            assertThat(of("a/comes")).isEqualTo("PoolExhausted");
        }

        @Test
        void byAChangeOfTypeItIsFreeAtOnce() {
            follow(full(aged("a/waits", 3, "")));
            List<String> changed = full(aged("a/waits", 3, ""));
            changed.set(
                    1, service("a/one", "type: ClusterIP", "creationTimestamp: '2026-01-01T00:01:00Z'", "10.0.1.0"));
            follow(changed);

            assertThat(of("a/one")).isEqualTo("NotLoadBalancer");
            assertThat(of("a/waits")).isEqualTo("10.0.1.0 Allocated");
        }

        @Test
        void byAMoveToAnotherPoolItServesWhoWaits() {
            String other = pool("other", "10.0.2.0/24", "namespaces: [b]");
            String mover = aged("b/mover", 1, "10.0.1.0");
            follow(List.of(POOL, other, mover, aged("a/two", 2, "10.0.1.1"), aged("a/waits", 3, "")));
            assertThat(of("a/waits")).isEqualTo("PoolExhausted");

            String moved = service(
                    "b/mover",
                    "",
                    "creationTimestamp: '2026-01-01T00:01:00Z', annotations: {metallb.io/address-pool: other}",
                    "10.0.1.0");
            follow(List.of(POOL, other, moved, aged("a/two", 2, "10.0.1.1"), aged("a/waits", 3, "")));

            assertThat(of("b/mover")).isEqualTo("10.0.2.0 Allocated");
            assertThat(of("a/waits")).isEqualTo("10.0.1.0 Allocated");
        }

        @Test
        void byNewPoolsItServesWhoWaits() {
            follow(full(aged("a/waits", 3, "")));
            follow(full(aged("a/waits", 3, ""), pool("more", "10.0.3.0/24", "")));

            assertThat(of("a/waits")).isEqualTo("10.0.3.0 Allocated");
            assertThat(of("a/one")).isEqualTo("10.0.1.0 Kept");
        }

        @Test
        void whoCouldNotHaveWhatItAskedForGetsItThen() {
            String asks = service("a/two", "loadBalancerIP: 10.0.1.0", "", "10.0.1.1");
            follow(List.of(POOL, aged("a/one", 1, "10.0.1.0"), asks));
            assertThat(of("a/two")).isEqualTo("10.0.1.1 KeptRequestUnmet");

            follow(List.of(POOL, asks));

            assertThat(of("a/two")).isEqualTo("10.0.1.0 Allocated");
        }

        @Test
        void byAnAgreementToShareItServesWhoWaits() {
            String shares = "annotations: {metallb.io/allow-shared-ip: key}";
            String single = pool("pool", "10.0.1.0/32", "");
            String waits = service("a/waits", "ports: [{port: 443}]", shares, "");
            follow(List.of(single, service("a/web", "ports: [{port: 80}]"), waits));
            assertThat(of("a/waits")).isEqualTo("PoolExhausted");

            follow(List.of(single, service("a/web", "ports: [{port: 80}]", shares, ""), waits));

            assertThat(of("a/waits")).isEqualTo("10.0.1.0 Allocated");
        }
    }

    @Nested
    class WhatIsGivenStays {

        @Test
        void alsoBeforeTheStatusHasBeenWritten() {
            follow(POOL, service("a/web"));
            follow(POOL, service("a/web"), service("a/api"));

            assertThat(of("a/web")).isEqualTo("10.0.1.0 Allocated");
            assertThat(of("a/api")).isEqualTo("10.0.1.1 Allocated");
        }

        @Test
        void andIsNotDecidedAnewWhenItsOwnStatusIsSeen() {
            follow(POOL, service("a/web"));
            allocations.follow(world(POOL, service("a/web", "", "", "10.0.1.0")));

            assertThat(allocations.next()).isEmpty();
            assertThat(of("a/web")).isEqualTo("10.0.1.0 Allocated");
        }

        @Test
        void whenTheNamespaceIsRelabelledAndTheOperatorSaysNothingElse() {
            String gold = pool("gold", "10.0.9.0/24", "namespaceSelectors: [{matchLabels: {tier: gold}}]");
            follow(gold, POOL, namespace("a", "tier: gold"), service("a/web"));
            follow(gold, POOL, namespace("a", "tier: lead"), service("a/web"));

            assertThat(of("a/web")).isEqualTo("10.0.9.0 KeptOutOfScope");
        }

        @Test
        void untilTheNamespaceIsRelabelledWhereTheOperatorSaysSo() {
            Allocations reassigning = new Allocations(new AllocationSettings("", OutOfScope.REASSIGN));
            String gold = pool("gold", "10.0.9.0/24", "namespaceSelectors: [{matchLabels: {tier: gold}}]");
            reassigning.follow(world(gold, POOL, namespace("a", "tier: gold"), service("a/web")));
            reassigning.settle();
            reassigning.follow(world(gold, POOL, namespace("a", "tier: lead"), service("a/web")));

            assertThat(reassigning.next().map(AllocationsTest::text)).isEqualTo(Optional.of("10.0.1.0 Reassigned"));
        }

        @Test
        void whenTheRequestCannotBeReadAnyMore() {
            follow(POOL, service("a/web", "", "", "10.0.1.1"));
            follow(POOL, service("a/web", "loadBalancerIP: web.example", "", "10.0.1.1"));

            assertThat(of("a/web")).isEqualTo("10.0.1.1 KeptRequestUnmet");
            assertThat(message("a/web"))
                    .isEqualTo("keeps 10.0.1.1: what it asks for now is not clear,"
                            + " spec.loadBalancerIP: 'web.example' is not an IP address");
        }

        @Test
        void throughARestartWithARequestThatCannotBeRead() {
            follow(POOL, service("a/web", "loadBalancerIP: web.example", "", "10.0.1.1"), service("a/api"));

            assertThat(of("a/web")).isEqualTo("10.0.1.1 KeptRequestUnmet");
            assertThat(of("a/api")).isEqualTo("10.0.1.0 Allocated");
        }
    }

    @Nested
    class ARequestThatCannotBeRead {

        @Test
        void isGivenNothing() {
            follow(POOL, service("a/web", "loadBalancerIP: web.example"));

            assertThat(of("a/web")).isEqualTo("InvalidRequest");
            assertThat(message("a/web")).isEqualTo("spec.loadBalancerIP: 'web.example' is not an IP address");
            assertThat(allocations.usage()).allMatch(pool -> pool.namespaces().isEmpty());
        }

        @Test
        void isGivenNothingInPlaceOfWhatNoPoolOwnsAnyMore() {
            String metadata = "annotations: {metallb.io/ip-allocated-from-pool: gone}";
            follow(POOL, service("a/web", "loadBalancerIP: web.example", metadata, "192.0.2.1"));

            assertThat(of("a/web")).isEqualTo("InvalidRequest");
            assertThat(allocations.usage()).allMatch(pool -> pool.namespaces().isEmpty());
        }

        @Test
        void isServedOnceItIsMended() {
            follow(POOL, service("a/web", "loadBalancerIP: web.example"));
            follow(POOL, service("a/web", "loadBalancerIP: 10.0.1.1"));

            assertThat(of("a/web")).isEqualTo("10.0.1.1 Allocated");
        }
    }

    @Nested
    class Tenancy {

        private static final String TEAM_A = pool("team-a-ips", "10.0.1.0/28", "priority: 50, namespaces: [team-a]");

        private void isRefused(String greedy) {
            follow(TEAM_A, service("team-a/web"), greedy);
            assertThat(of("team-b/greedy")).isEqualTo("NoPoolAdmits");
            assertThat(message("team-b/greedy")).doesNotContain("web");
        }

        @Test
        void anotherTeamsPoolIsNotHadByAskingForIt() {
            isRefused(service("team-b/greedy", "", "annotations: {metallb.io/address-pool: team-a-ips}", ""));
        }

        @Test
        void anotherTeamsAddressIsNotHadByAskingForItInAnAnnotation() {
            isRefused(service("team-b/greedy", "", "annotations: {metallb.io/loadBalancerIPs: 10.0.1.9}", ""));
        }

        @Test
        void anotherTeamsAddressIsNotHadByAskingForItInTheSpec() {
            isRefused(service("team-b/greedy", "loadBalancerIP: 10.0.1.9"));
        }

        @Test
        void anotherTeamsAddressIsNotHadByGuessingItsSharingKey() {
            String shares = "annotations: {metallb.io/allow-shared-ip: key, metallb.io/loadBalancerIPs: 10.0.1.0}";
            follow(
                    TEAM_A,
                    service("team-a/web", "ports: [{port: 80}]", shares, ""),
                    service("team-b/greedy", "ports: [{port: 443}]", shares, ""));

            assertThat(of("team-a/web")).isEqualTo("10.0.1.0 Allocated");
            assertThat(of("team-b/greedy")).isEqualTo("AddressInUse");
            assertThat(message("team-b/greedy")).doesNotContain("team-a/web");
        }

        @Test
        void aSelectorThatMatchesNoNamespaceAdmitsNobody() {
            String typo = pool("gold", "10.0.9.0/28", "namespaceSelectors: [{matchLabels: {tier: golf}}]");
            follow(
                    typo,
                    namespace("team-b", "tier: gold"),
                    service("team-b/greedy", "", "annotations: {metallb.io/address-pool: gold}", ""));

            assertThat(of("team-b/greedy")).isEqualTo("NoPoolAdmits");
        }
    }

    @Nested
    class OneServiceOfThousands {

        private final ClusterState before = world(IntStream.range(0, 3_000)
                .mapToObj(number -> number == 0 ? pool("pool", "10.0.0.0/16", "") : service("a/s" + number))
                .toArray(String[]::new));

        private List<String> decidedAfter(ClusterState after) {
            allocations.follow(before);
            allocations.settle();
            allocations.follow(after);
            List<String> decided = new ArrayList<>();
            for (Optional<Decided> turn = allocations.next(); turn.isPresent(); turn = allocations.next()) {
                decided.add(turn.get().service().toString());
            }
            return decided;
        }

        @Test
        void thatChangesIsDecidedOnAlone() {
            Service moved = Given.onlyService(service("a/s7", "loadBalancerIP: 10.0.200.7"));

            assertThat(decidedAfter(before.with(moved))).containsExactly("a/s7");
            assertThat(of("a/s7")).isEqualTo("10.0.200.7 Allocated");
        }

        @Test
        void thatComesIsDecidedOnAlone() {
            assertThat(decidedAfter(before.with(Given.onlyService(service("b/new")))))
                    .containsExactly("b/new");
        }

        @Test
        void thatGoesLeavesAllOthersAsTheyAre() {
            ClusterState after = before.without("Service/a/s7");

            assertThat(decidedAfter(after)).isEmpty();
            assertThat(allocations.all()).hasSize(2_998);
        }

        @Test
        void isWhatAFollowSaysThatChanged() {
            allocations.follow(before);
            allocations.settle();

            Allocations.Followed followed = allocations.follow(
                    before.with(Given.onlyService(service("b/new"))).without("Service/a/s7"));

            assertThat(followed.changed()).containsExactly(ServiceKey.parse("b/new"));
            assertThat(followed.gone()).extracting(Decided::service).containsExactly(ServiceKey.parse("a/s7"));
        }

        @Test
        void isDecidedOnWithThoseOfItsNamespaceOnceThatIsRelabelled() {
            ClusterState beside = before.with(Given.onlyService(service("b/web")));
            allocations.follow(beside);
            allocations.settle();

            allocations.follow(
                    beside.with(world(namespace("b", "tier: gold")).namespaces().getFirst()));

            assertThat(allocations.next().map(Decided::service)).contains(ServiceKey.parse("b/web"));
            assertThat(allocations.next()).isEmpty();
        }
    }

    /** In a cluster every service has a namespace; until it is seen nobody knows what is laid down for it. */
    @Nested
    class ANamespaceThatIsNotSeen {

        private ClusterState observed(String... manifests) {
            return world(manifests).as(Picture.OBSERVED);
        }

        private void follow(ClusterState state) {
            allocations.follow(state);
            allocations.settle();
        }

        @Test
        void keepsItsServicesWaitingUntilItIs() {
            follow(observed(POOL, service("a/web")));
            assertThat(of("a/web")).isEqualTo("NoPoolAdmits");
            assertThat(message("a/web")).contains("the Namespace has not been seen yet");

            follow(observed(POOL, namespace("a", ""), service("a/web")));
            assertThat(of("a/web")).isEqualTo("10.0.1.0 Allocated");
        }

        @Test
        void takesNothingAway() {
            follow(observed(POOL, service("a/web", "", "", "10.0.1.1")));

            assertThat(of("a/web")).startsWith("10.0.1.1 Kept");
        }

        @Test
        void anyMoreChangesNothingForServicesThatGoWithIt() {
            follow(observed(POOL, namespace("a", ""), service("a/web")));
            follow(observed(POOL, service("a/web")));
            assertThat(of("a/web")).isEqualTo("10.0.1.0 Allocated");
        }

        @Test
        void hasNothingLaidDownInManifests() {
            follow(world(POOL, service("a/web")));

            assertThat(of("a/web")).isEqualTo("10.0.1.0 Allocated");
        }
    }
}
