package io.berth.allocator;

import static io.berth.allocator.Given.address;
import static io.berth.allocator.Given.allocator;
import static io.berth.allocator.Given.exactly;
import static io.berth.allocator.Given.namespaces;
import static io.berth.allocator.Given.pool;
import static io.berth.allocator.Given.said;
import static io.berth.allocator.Given.service;
import static io.berth.allocator.Given.sharing;
import static io.berth.allocator.Given.sharingAcrossNamespaces;
import static io.berth.allocator.Given.sharingLocally;
import static io.berth.allocator.Given.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SharingTest {

    private final Allocator allocator = allocator(pool("p", "10.0.0.0/30"));

    @Test
    void servicesWithOneKeyAndPortsApartShareTheLowestAddress() {
        assertThat(given("ns/dns-tcp", sharing("dns", 53))).isEqualTo("Allocated p 10.0.0.0");
        assertThat(given("ns/web", sharing("dns", 80, 443))).isEqualTo("Allocated p 10.0.0.0");
    }

    @Test
    void otherKeyNoKeyOrCommonPortMeansAnotherAddress() {
        given("ns/a", sharing("k", 80));
        assertThat(given("ns/b", sharing("other", 81))).isEqualTo("Allocated p 10.0.0.1");
        assertThat(given("ns/c", new Sharing.Exclusive())).isEqualTo("Allocated p 10.0.0.2");
        assertThat(given("ns/d", sharing("k", 80, 90))).isEqualTo("Allocated p 10.0.0.3");
    }

    @Test
    void onePortOfTwoProtocolsIsTwoPorts() {
        Sharing.Backend pods = new Sharing.Backend.AnyNode("app=dns");
        given("ns/tcp", new Sharing.Keyed("k", Set.of(new Sharing.Port("TCP", 53)), pods, Sharing.Reach.NAMESPACE));
        assertThat(given(
                        "ns/udp",
                        new Sharing.Keyed("k", Set.of(new Sharing.Port("UDP", 53)), pods, Sharing.Reach.NAMESPACE)))
                .isEqualTo("Allocated p 10.0.0.0");
    }

    @Test
    void localTrafficPolicySharesOnlyWithTheSamePods() {
        given("ns/a", sharingLocally("k", "app=web", 80));
        assertThat(given("ns/b", sharingLocally("k", "app=web", 81))).isEqualTo("Allocated p 10.0.0.0");
        assertThat(given("ns/c", sharing("k", 82))).isEqualTo("Allocated p 10.0.0.0");
        assertThat(given("ns/d", sharingLocally("k", "app=other", 83))).isEqualTo("Allocated p 10.0.0.1");
    }

    @Test
    void newSharerMustFitEverySharer() {
        given("ns/a", sharing("k", 80));
        given("ns/b", sharing("k", 81));
        assertThat(given("ns/c", sharing("k", 81))).isEqualTo("Allocated p 10.0.0.1");
        assertThat(given("ns/d", sharing("k", 82))).isEqualTo("Allocated p 10.0.0.0");
    }

    @Test
    void keyReachesOtherNamespacesOnlyWhenBothConsent() {
        given("a/web", sharing("k", 80));
        assertThat(given("b/web", sharing("k", 81))).isEqualTo("Allocated p 10.0.0.1");
        assertThat(given("c/web", sharingAcrossNamespaces("k", 82))).isEqualTo("Allocated p 10.0.0.2");
        assertThat(given("d/web", sharingAcrossNamespaces("k", 83))).isEqualTo("Allocated p 10.0.0.2");
        assertThat(given("a/api", sharingAcrossNamespaces("k", 84))).isEqualTo("Allocated p 10.0.0.0");
    }

    @Test
    void serviceThatConsentsFindsTheLowestOfWhatItsNamespaceAndOthersShare() {
        given("a/closed", sharing("k", 80));
        given("b/closed", sharing("k", 80));
        given("c/open", sharingAcrossNamespaces("k", 80));
        assertThat(given("c/more", sharing("k", 81))).isEqualTo("Allocated p 10.0.0.2");
        assertThat(given("b/open", sharingAcrossNamespaces("k", 82))).isEqualTo("Allocated p 10.0.0.1");
        assertThat(given("d/open", sharingAcrossNamespaces("k", 83))).isEqualTo("Allocated p 10.0.0.3");
    }

    @Test
    void requestedAddressCanBeSharedByRuleOnly() {
        given("ns/a", sharing("k", 80));
        assertThat(said(allocator.allocate(with(exactly("10.0.0.0"), with(sharing("k", 81), service("ns/b"))))))
                .isEqualTo("Allocated p 10.0.0.0");
        assertThat(said(allocator.allocate(with(exactly("10.0.0.0"), with(sharing("k", 80), service("ns/c"))))))
                .isEqualTo("AddressInUse");
        assertThat(said(allocator.allocate(with(exactly("10.0.0.0"), service("ns/d")))))
                .isEqualTo("AddressInUse");
    }

    @Test
    void scopeHoldsForSharersToo() {
        Allocator scoped = allocator(with(namespaces(1, "a"), pool("p", "10.0.0.0/30")));
        scoped.allocate(with(sharingAcrossNamespaces("k", 80), service("a/web")));
        assertThat(said(scoped.allocate(with(sharingAcrossNamespaces("k", 81), service("b/web")))))
                .isEqualTo("NoPoolAdmits");
    }

    @Test
    void freeAddressBelowTheSharedOneComesFirst() {
        given("ns/a", new Sharing.Exclusive());
        given("ns/b", sharing("k", 80));
        allocator.release(ServiceKey.parse("ns/a"));
        assertThat(given("ns/c", sharing("k", 81))).isEqualTo("Allocated p 10.0.0.0");
    }

    @Test
    void sharedAddressIsFoundInTheOrderOfTheEntries() {
        Allocator two = allocator(pool("p", "10.0.9.0/31", "10.0.1.0/31"));
        for (String low : List.of("10.0.1.0", "10.0.9.1")) {
            two.allocate(with(exactly(low), with(sharing("k", 80), service("ns/" + low))));
        }
        two.allocate(service("ns/other"));
        assertThat(said(two.allocate(with(sharing("k", 81), service("ns/web")))))
                .isEqualTo("Allocated p 10.0.9.1");
    }

    @Test
    void fullPoolStillServesSharers() {
        Allocator tiny = allocator(pool("p", "10.0.0.0/32"));
        tiny.allocate(with(sharing("k", 80), service("ns/a")));
        assertThat(said(tiny.allocate(with(sharing("k", 81), service("ns/b"))))).isEqualTo("Allocated p 10.0.0.0");
        assertThat(said(tiny.allocate(with(sharing("k", 81), service("ns/c"))))).isEqualTo("PoolExhausted");
    }

    @Test
    void sharedAddressIsFreeOnlyWhenTheLastHolderIsGone() {
        given("ns/a", sharing("k", 80));
        given("ns/b", sharing("k", 81));
        allocator.release(ServiceKey.parse("ns/a"));
        assertThat(given("ns/c", new Sharing.Exclusive())).isEqualTo("Allocated p 10.0.0.1");
        allocator.release(ServiceKey.parse("ns/b"));
        assertThat(given("ns/d", new Sharing.Exclusive())).isEqualTo("Allocated p 10.0.0.0");
    }

    @Test
    void sharedAddressCountsOnceForThePoolAndOnceForEachNamespace() {
        given("a/one", sharingAcrossNamespaces("k", 80));
        given("a/two", sharingAcrossNamespaces("k", 81));
        given("b/one", sharingAcrossNamespaces("k", 82));
        PoolUsage usage = allocator.usage().getFirst();
        assertThat(usage.ipv4().assigned()).isEqualTo(1);
        assertThat(usage.namespaces()).isEqualTo(Map.of("a", new PoolUsage.Held(1, 0), "b", new PoolUsage.Held(1, 0)));
        allocator.release(ServiceKey.parse("a/one"));
        assertThat(allocator.usage().getFirst().namespaces()).containsKey("a");
        allocator.release(ServiceKey.parse("a/two"));
        assertThat(allocator.usage().getFirst().namespaces()).containsOnlyKeys("b");
    }

    @Test
    void onlyHolderMayChangeItsKeyAndKeepTheAddress() {
        given("ns/a", sharing("k", 80));
        assertThat(given("ns/a", sharing("other", 80))).isEqualTo("Kept p 10.0.0.0");
        assertThat(given("ns/b", sharing("k", 81))).isEqualTo("Allocated p 10.0.0.1");
        assertThat(given("ns/c", sharing("other", 81))).isEqualTo("Allocated p 10.0.0.0");
    }

    @Test
    void sharerThatStopsFittingTheOthersMustGo() {
        given("ns/a", sharing("k", 80));
        given("ns/b", sharing("k", 81));
        Outcome outcome = allocator.allocate(with(sharing("k", 80), service("ns/b")));
        assertThat(said(outcome)).isEqualTo("Reassigned p 10.0.0.1");
        assertThat(outcome.message())
                .contains("10.0.0.0 is in use by another service")
                .doesNotContain("ns/a");
        assertThat(allocator.assignments())
                .containsExactly(
                        new Assignment(ServiceKey.parse("ns/a"), "p", List.of(address("10.0.0.0"))),
                        new Assignment(ServiceKey.parse("ns/b"), "p", List.of(address("10.0.0.1"))));
    }

    private String given(String service, Sharing sharing) {
        return said(allocator.allocate(with(sharing, service(service))));
    }
}
