package io.berth.allocator;

import static io.berth.allocator.Given.allocator;
import static io.berth.allocator.Given.inNamespaceWith;
import static io.berth.allocator.Given.label;
import static io.berth.allocator.Given.message;
import static io.berth.allocator.Given.namespaces;
import static io.berth.allocator.Given.namespacesWith;
import static io.berth.allocator.Given.onRequestOnly;
import static io.berth.allocator.Given.pool;
import static io.berth.allocator.Given.priority;
import static io.berth.allocator.Given.said;
import static io.berth.allocator.Given.service;
import static io.berth.allocator.Given.verdicts;
import static io.berth.allocator.Given.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which pool a service draws from that asks for nothing in particular, and what it is told of the others. */
class OrderOfPoolsTest {

    private static final Pool TEAM_A = with(namespaces(50, "team-a"), pool("team-a-ips", "10.0.1.0/31"));
    private static final Pool TEAM_B = with(namespaces(50, "team-b"), pool("team-b-ips", "10.0.2.0/28"));
    private static final Pool PRODUCTION =
            with(namespacesWith(10, label("environment", "production")), pool("production-ips", "10.0.3.0/28"));
    private static final Pool DEFAULT = pool("default-ips", "10.0.9.0/28");

    @Test
    void lowestFreeAddressOfTheFirstAdmittingPoolIsGiven() {
        Allocator allocator = allocator(DEFAULT, TEAM_B, PRODUCTION, TEAM_A);
        Outcome outcome = allocator.allocate(service("team-a/web"));
        assertThat(said(outcome)).isEqualTo("Allocated team-a-ips 10.0.1.0");
        assertThat(outcome.message())
                .isEqualTo("got 10.0.1.0 from pool team-a-ips, which lists namespace team-a (priority 50)");
    }

    @Test
    void everyPoolGetsItsVerdictThoseThatAdmitFirst() {
        Outcome outcome = allocator(DEFAULT, TEAM_B, PRODUCTION, TEAM_A)
                .allocate(inNamespaceWith(Map.of("environment", "staging"), service("team-a/web")));
        assertThat(verdicts(outcome))
                .containsExactly(
                        "team-a-ips Selected",
                        "default-ips LowerPreference",
                        "production-ips NamespaceNotAllowed",
                        "team-b-ips NamespaceNotAllowed");
        assertThat(message(outcome, "production-ips"))
                .isEqualTo("namespace team-a needs environment=production, has environment=staging");
        assertThat(message(outcome, "team-b-ips"))
                .isEqualTo("namespace team-a is not among the namespaces that the pool lists");
        assertThat(message(outcome, "default-ips"))
                .isEqualTo("pool team-a-ips comes first: it is meant for certain services, this one is for everybody");
    }

    @Test
    void lowerPriorityComesFirst() {
        Outcome outcome = allocator(TEAM_A, PRODUCTION)
                .allocate(inNamespaceWith(Map.of("environment", "production"), service("team-a/web")));
        assertThat(said(outcome)).isEqualTo("Allocated production-ips 10.0.3.0");
        assertThat(message(outcome, "team-a-ips")).isEqualTo("pool production-ips comes first: priority 10 before 50");
    }

    @Test
    void priorityZeroComesLastOfThePinnedPools() {
        Allocator allocator = allocator(
                pool("open", "10.0.0.0/32"),
                with(priority(0), pool("none", "10.0.0.1/32")),
                with(priority(900), pool("some", "10.0.0.2/32")));
        assertThat(said(allocator.allocate(service("ns/a")))).isEqualTo("Allocated some 10.0.0.2");
        assertThat(said(allocator.allocate(service("ns/b")))).isEqualTo("Allocated none 10.0.0.1");
        assertThat(said(allocator.allocate(service("ns/c")))).isEqualTo("Allocated open 10.0.0.0");
    }

    @Test
    void fullPoolIsPassedOverForTheNext() {
        Allocator allocator = allocator(TEAM_A, DEFAULT);
        allocator.allocate(service("team-a/one"));
        allocator.allocate(service("team-a/two"));
        Outcome outcome = allocator.allocate(service("team-a/three"));
        assertThat(said(outcome)).isEqualTo("Allocated default-ips 10.0.9.0");
        assertThat(verdicts(outcome)).containsExactly("team-a-ips Exhausted", "default-ips Selected");
        assertThat(message(outcome, "team-a-ips")).isEqualTo("all 2 IPv4 addresses of the pool are in use");
    }

    @Test
    void entriesOfAPoolAreDrawnFromInTheOrderWritten() {
        Allocator allocator = allocator(pool("p", "10.0.9.0/31", "10.0.1.0/32", "10.0.5.5-10.0.5.6"));
        assertThat(List.of("a", "b", "c", "d", "e"))
                .map(name -> said(allocator.allocate(service("ns/" + name))))
                .containsExactly(
                        "Allocated p 10.0.9.0",
                        "Allocated p 10.0.9.1",
                        "Allocated p 10.0.1.0",
                        "Allocated p 10.0.5.5",
                        "Allocated p 10.0.5.6");
    }

    @Test
    void releasedAddressIsTheNextWhenItIsTheLowest() {
        Allocator allocator = allocator(DEFAULT);
        List.of("a", "b", "c").forEach(name -> allocator.allocate(service("ns/" + name)));
        allocator.release(ServiceKey.parse("ns/b"));
        assertThat(said(allocator.allocate(service("ns/d")))).isEqualTo("Allocated default-ips 10.0.9.1");
        assertThat(said(allocator.allocate(service("ns/e")))).isEqualTo("Allocated default-ips 10.0.9.3");
    }

    @Test
    void largeRangeIsAsGoodAsASmallOne() {
        Allocator allocator = allocator(pool("v6", "2001:db8::/64"));
        assertThat(said(allocator.allocate(with(Given.IPV6, service("ns/a"))))).isEqualTo("Allocated v6 2001:db8::");
        assertThat(said(allocator.allocate(with(Given.IPV6, service("ns/b"))))).isEqualTo("Allocated v6 2001:db8::1");
        assertThat(allocator.usage().getFirst().ipv6().available()).hasToString("18446744073709551614");
    }

    @Test
    void poolWithoutAutoAssignGivesOnlyToThoseWhoAsk() {
        Allocator allocator = allocator(onRequestOnly(DEFAULT), TEAM_B);
        Outcome refused = allocator.allocate(service("team-a/web"));
        assertThat(said(refused)).isEqualTo("NoPoolAdmits");
        assertThat(refused.message()).contains("only to services that ask for them", "default-ips");
        assertThat(verdicts(refused))
                .containsExactly("default-ips AutoAssignDisabled", "team-b-ips NamespaceNotAllowed");
        assertThat(said(allocator.allocate(with(new Wish.FromPool("default-ips"), service("team-a/web")))))
                .isEqualTo("Allocated default-ips 10.0.9.0");
        assertThat(said(allocator.allocate(with(Given.exactly("10.0.9.7"), service("team-a/api")))))
                .isEqualTo("Allocated default-ips 10.0.9.7");
    }

    @Test
    void withoutAnyPoolTheReasonIsNoPools() {
        Outcome outcome = allocator().allocate(service("ns/web"));
        assertThat(said(outcome)).isEqualTo("NoPools");
        assertThat(verdicts(outcome)).isEmpty();
    }

    @Test
    void withNoPoolThatAdmitsTheReasonIsNoPoolAdmits() {
        assertThat(said(allocator(TEAM_A, TEAM_B).allocate(service("team-c/web"))))
                .isEqualTo("NoPoolAdmits");
    }

    @Test
    void withAllFullTheReasonIsPoolExhausted() {
        Allocator allocator = allocator(pool("p", "10.0.0.0/32"));
        allocator.allocate(service("ns/a"));
        Outcome outcome = allocator.allocate(service("ns/b"));
        assertThat(said(outcome)).isEqualTo("PoolExhausted");
        assertThat(outcome.message()).isEqualTo("pool p is full");
    }

    @Test
    void selectorThatMatchesNothingAdmitsNobodyEvenByName() {
        Allocator allocator = allocator(with(namespacesWith(0, label("no", "such")), pool("p", "10.0.0.0/28")));
        assertThat(said(allocator.allocate(service("ns/a")))).isEqualTo("NoPoolAdmits");
        assertThat(said(allocator.allocate(with(new Wish.FromPool("p"), service("ns/a")))))
                .isEqualTo("NoPoolAdmits");
        assertThat(said(allocator.allocate(with(Given.exactly("10.0.0.1"), service("ns/a")))))
                .isEqualTo("NoPoolAdmits");
    }

    @Test
    void usageCountsByFamilyAndNamespace() {
        Allocator allocator = allocator(pool("dual", "10.0.0.0/30", "2001:db8::/126"));
        allocator.allocate(with(Given.BOTH, service("a/one")));
        allocator.allocate(service("a/two"));
        allocator.allocate(service("b/one"));
        PoolUsage usage = allocator.usage().getFirst();
        assertThat(usage.ipv4().assigned()).isEqualTo(3);
        assertThat(usage.ipv4().available()).isEqualTo(1);
        assertThat(usage.ipv6().assigned()).isEqualTo(1);
        assertThat(usage.namespaces()).isEqualTo(Map.of("a", new PoolUsage.Held(2, 1), "b", new PoolUsage.Held(1, 0)));
        allocator.release(ServiceKey.parse("a/one"));
        allocator.release(ServiceKey.parse("a/two"));
        assertThat(allocator.usage().getFirst().namespaces()).isEqualTo(Map.of("b", new PoolUsage.Held(1, 0)));
    }
}
