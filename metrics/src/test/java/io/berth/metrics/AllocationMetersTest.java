package io.berth.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.berth.allocator.AddressRange;
import io.berth.allocator.Allocator;
import io.berth.allocator.Families;
import io.berth.allocator.Family;
import io.berth.allocator.OutOfScope;
import io.berth.allocator.Pool;
import io.berth.allocator.Pools;
import io.berth.allocator.Refusal;
import io.berth.allocator.Request;
import io.berth.allocator.Scope;
import io.berth.allocator.ServiceKey;
import io.berth.allocator.Sharing;
import io.berth.allocator.Tenant;
import io.berth.allocator.Terms;
import io.berth.allocator.Wish;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The meters as a real allocator feeds them. */
class AllocationMetersTest {

    private static final Pool TEAM_A = pool("team-a-ips", "team-a", "10.0.1.0/30");
    private static final Pool TEAM_B = pool("team-b-ips", "team-b", "10.0.2.0/24", "2001:db8:2::/64");

    private long now = 0;
    private final AllocationMeters meters = new AllocationMeters(() -> now);
    private final Exposition exposition =
            new Exposition(new Sources("0.1.0", List::of, List::of, List::of), meters, new PeerMeters());
    private final Allocator allocator = new Allocator(Pools.of(List.of(TEAM_A, TEAM_B)), OutOfScope.KEEP);

    @AfterEach
    void close() {
        exposition.close();
    }

    @Test
    void aPoolTellsOfItsAddressesByFamily() {
        allocate("team-a/web", new Families.One(Family.IPV4));
        allocate("team-b/web", new Families.Both());

        assertThat(scrape().startingWith("berth_pool_addresses"))
                .containsOnly(
                        entry("berth_pool_addresses{family=\"ipv4\",pool=\"team-a-ips\",state=\"assigned\"}", 1.0),
                        entry("berth_pool_addresses{family=\"ipv4\",pool=\"team-a-ips\",state=\"available\"}", 3.0),
                        entry("berth_pool_addresses{family=\"ipv4\",pool=\"team-b-ips\",state=\"assigned\"}", 1.0),
                        entry("berth_pool_addresses{family=\"ipv4\",pool=\"team-b-ips\",state=\"available\"}", 255.0),
                        entry("berth_pool_addresses{family=\"ipv6\",pool=\"team-b-ips\",state=\"assigned\"}", 1.0),
                        entry(
                                "berth_pool_addresses{family=\"ipv6\",pool=\"team-b-ips\",state=\"available\"}",
                                Math.pow(2, 64) - 1));
    }

    @Test
    void utilisationIsTheAssignedShare() {
        assertThat(utilisation()).isZero();

        allocate("team-a/one", new Families.One(Family.IPV4));
        assertThat(utilisation()).isEqualTo(0.25);

        for (String service : List.of("two", "three", "four", "five")) {
            allocate("team-a/" + service, new Families.One(Family.IPV4));
        }
        assertThat(utilisation()).isEqualTo(1);
    }

    @Test
    void namespacesTellWhatTheyHoldOfAPool() {
        allocate("team-a/web", new Families.One(Family.IPV4));
        allocate("team-a/api", new Families.One(Family.IPV4));
        allocate("team-b/web", new Families.Both());

        assertThat(scrape().startingWith("berth_pool_namespace_addresses"))
                .containsOnly(
                        entry(
                                "berth_pool_namespace_addresses{family=\"ipv4\",namespace=\"team-a\",pool=\"team-a-ips\"}",
                                2.0),
                        entry(
                                "berth_pool_namespace_addresses{family=\"ipv4\",namespace=\"team-b\",pool=\"team-b-ips\"}",
                                1.0),
                        entry(
                                "berth_pool_namespace_addresses{family=\"ipv6\",namespace=\"team-b\",pool=\"team-b-ips\"}",
                                1.0));
    }

    @Test
    void decisionsAreCountedByPoolAndReason() {
        for (String service : List.of("one", "two", "three", "four", "five", "one")) {
            allocate("team-a/" + service, new Families.One(Family.IPV4));
        }
        allocate("shop/cart", new Families.One(Family.IPV4));

        assertThat(scrape().startingWith("berth_allocations_total"))
                .containsOnly(
                        entry("berth_allocations_total{outcome=\"Allocated\",pool=\"team-a-ips\"}", 4.0),
                        entry("berth_allocations_total{outcome=\"Kept\",pool=\"team-a-ips\"}", 1.0),
                        entry("berth_allocations_total{outcome=\"PoolExhausted\",pool=\"\"}", 1.0),
                        entry("berth_allocations_total{outcome=\"NoPoolAdmits\",pool=\"\"}", 1.0));
    }

    @Test
    void aRequestThatNeverReachedTheAllocatorCountsToo() {
        meters.decided(
                new Decision.Refused("shop", new Refusal.InvalidRequest("two IPv4 addresses")), Duration.ofMillis(1));

        assertThat(scrape().value("berth_allocations_total{outcome=\"InvalidRequest\",pool=\"\"}"))
                .isEqualTo(1);
    }

    @Test
    void theDurationOfDecisionsIsAHistogramInSeconds() {
        meters.decided(new Decision.Refused("shop", new Refusal.NoPools("no pools")), Duration.ofNanos(200_000));

        assertThat(scrape().types()).containsEntry("berth_allocation_duration_seconds", "histogram");
        assertThat(scrape().value("berth_allocation_duration_seconds_bucket{le=\"1.0E-4\"}"))
                .isZero();
        assertThat(scrape().value("berth_allocation_duration_seconds_bucket{le=\"2.5E-4\"}"))
                .isEqualTo(1);
        assertThat(scrape().value("berth_allocation_duration_seconds_sum")).isEqualTo(0.0002);
    }

    @Test
    void namespacesAreBilledByAddressesAndSeconds() {
        String teamB = "berth_pool_namespace_address_seconds_total{namespace=\"team-b\",pool=\"team-b-ips\"}";
        allocate("team-b/web", new Families.Both());
        assertThat(scrape().value(teamB)).isZero();

        now = 10_000_000_000L;
        assertThat(scrape().value(teamB)).isEqualTo(20);

        allocator.release(ServiceKey.parse("team-b/web"));
        meters.used(allocator.usage());
        now = 60_000_000_000L;
        assertThat(scrape().value(teamB)).as("what was held stays billed").isEqualTo(20);
        assertThat(scrape().startingWith("berth_pool_namespace_addresses")).isEmpty();
    }

    @Test
    void aPoolThatIsGoneTakesItsSeriesWithIt() {
        allocate("team-a/web", new Families.One(Family.IPV4));
        allocate("team-b/web", new Families.One(Family.IPV4));
        allocate("shop/cart", new Families.One(Family.IPV4));

        allocator.setPools(Pools.of(List.of(TEAM_B)));
        meters.used(allocator.usage());

        assertThat(scrape().series().keySet())
                .noneMatch(series -> series.contains("team-a"))
                .anyMatch(series -> series.contains("team-b-ips"))
                .contains("berth_allocations_total{outcome=\"NoPoolAdmits\",pool=\"\"}");
    }

    private void allocate(String service, Families families) {
        ServiceKey key = ServiceKey.parse(service);
        Request request = new Request(key, Tenant.UNKNOWN, Map.of(), families, new Wish.Any(), new Sharing.Exclusive());
        meters.decided(Decision.of(allocator.allocate(request)), Duration.ofMillis(1));
        meters.used(allocator.usage());
    }

    private double utilisation() {
        meters.used(allocator.usage());
        return scrape().value("berth_pool_utilisation_ratio{family=\"ipv4\",pool=\"team-a-ips\"}");
    }

    private Scrape scrape() {
        return Scrape.of(exposition.page());
    }

    private static Pool pool(String name, String namespace, String... ranges) {
        Scope scope = new Scope.Pinned(50, Set.of(namespace), List.of(), List.of());
        List<AddressRange> addresses =
                List.of(ranges).stream().map(AddressRange::parse).toList();
        return new Pool(name, addresses, Pool.AutoAssign.ENABLED, Pool.BuggyIps.GIVEN, scope, Terms.NONE);
    }
}
