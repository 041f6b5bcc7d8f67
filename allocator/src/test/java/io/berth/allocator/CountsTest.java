package io.berth.allocator;

import static io.berth.allocator.Given.allocator;
import static io.berth.allocator.Given.avoidingBuggyIps;
import static io.berth.allocator.Given.exactly;
import static io.berth.allocator.Given.excluding;
import static io.berth.allocator.Given.pool;
import static io.berth.allocator.Given.pools;
import static io.berth.allocator.Given.priority;
import static io.berth.allocator.Given.said;
import static io.berth.allocator.Given.service;
import static io.berth.allocator.Given.sharingAcrossNamespaces;
import static io.berth.allocator.Given.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a pool has, what is used of it and by whom: exact at any size. */
class CountsTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/32, 1",
        "10.0.0.0/8, 16777216",
        "0.0.0.0/0, 4294967296",
        "2001:db8::/128, 1",
        "2001:db8::/64, 18446744073709551616",
        "2001:db8::1-2001:db8:0:1::1, 18446744073709551617",
        "::/1, 170141183460469231731687303715884105728",
        "::/0, 340282366920938463463374607431768211456",
    })
    void totalsAreExactAtAnySize(String range, BigInteger total) {
        Allocator allocator = allocator(pool("p", range));
        Family family = AddressRange.parse(range).family();
        assertThat(allocator.usage().getFirst().of(family).total()).isEqualTo(total);
        assertThat(allocator.usage().getFirst().of(family.other()).total()).isZero();
        allocator.allocate(with(new Families.One(family), service("ns/web")));
        PoolUsage.Count count = allocator.usage().getFirst().of(family);
        assertThat(count.assigned()).isEqualTo(1);
        assertThat(count.available()).isEqualTo(total.subtract(BigInteger.ONE));
    }

    @Test
    void everyAddressThereIsCanBeOnePoolBesideAnother() {
        Allocator allocator = allocator(pool("six", "::/0"), pool("four", "0.0.0.0/0"));
        assertThat(said(allocator.allocate(with(Given.IPV6, service("ns/a"))))).isEqualTo("Allocated six ::");
        assertThat(said(allocator.allocate(service("ns/b")))).isEqualTo("Allocated four 0.0.0.0");
        assertThat(said(allocator.allocate(
                        with(exactly("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), with(Given.IPV6, service("ns/c"))))))
                .isEqualTo("Allocated six ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
        assertThat(said(allocator.allocate(with(exactly("255.255.255.255"), service("ns/d")))))
                .isEqualTo("Allocated four 255.255.255.255");
        assertThat(allocator.usage())
                .extracting(usage -> usage.of(Family.IPV4).available())
                .containsExactly(BigInteger.valueOf((1L << 32) - 2), BigInteger.ZERO);
    }

    @Test
    void largestPoolWithHolesIsCountedExactly() {
        Pool holed = excluding(
                pool("p", "::/0"),
                "::/128",
                "8000::/1",
                "2001:db8::/64",
                "7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128");
        BigInteger half = BigInteger.TWO.pow(127);
        assertThat(holed.total(Family.IPV6))
                .isEqualTo(half.subtract(BigInteger.TWO.pow(64)).subtract(BigInteger.TWO));
        assertThat(said(allocator(holed).allocate(with(Given.IPV6, service("ns/a")))))
                .isEqualTo("Allocated p ::1");
    }

    @Test
    void buggyAddressesOfEverythingAreTakenOff() {
        Allocator allocator = allocator(avoidingBuggyIps(pool("p", "0.0.0.0/0")));
        assertThat(allocator.usage().getFirst().ipv4().total()).isEqualTo((1L << 32) / 256 * 254);
        assertThat(said(allocator.allocate(service("ns/a")))).isEqualTo("Allocated p 0.0.0.1");
    }

    @Test
    void releasingRestoresTheCountsExactly() {
        Allocator allocator = allocator(pool("p", "10.0.0.0/28", "2001:db8::/64"), pool("q", "10.0.1.0/28"));
        List<PoolUsage> before = allocator.usage();
        for (String name : List.of("a/one", "a/two", "b/one")) {
            allocator.allocate(with(
                    Given.BOTH, with(sharingAcrossNamespaces("k", name.hashCode() & 0xFF), service(name))));
            allocator.allocate(with(new Wish.FromPool("q"), service(name + "-q")));
        }
        assertThat(allocator.usage()).isNotEqualTo(before);
        for (String name : List.of("b/one", "a/one", "a/two")) {
            allocator.release(ServiceKey.parse(name));
            allocator.release(ServiceKey.parse(name));
            allocator.release(ServiceKey.parse(name + "-q"));
        }
        assertThat(allocator.usage()).isEqualTo(before);
    }

    @Test
    void whoMovesIsCountedWhereItIs() {
        Allocator allocator = allocator(pool("p", "10.0.0.0/28"), pool("q", "10.0.1.0/28"));
        allocator.allocate(service("ns/web"));
        allocator.allocate(with(new Wish.FromPool("q"), service("ns/web")));
        assertThat(allocator.usage())
                .extracting(PoolUsage::namespaces)
                .containsExactly(Map.of(), Map.of("ns", new PoolUsage.Held(1, 0)));
        allocator.setPools(pools(pool("p", "10.0.0.0/28", "10.0.1.0/28")));
        assertThat(allocator.usage())
                .extracting(PoolUsage::namespaces)
                .containsExactly(Map.of("ns", new PoolUsage.Held(1, 0)));
    }

    @Test
    void poolsAreListedInTheOrderInWhichTheyAreDrawnFrom() {
        Allocator allocator = allocator(
                pool("open", "10.0.0.0/28"),
                with(priority(0), pool("last", "10.0.1.0/28")),
                Given.onRequestOnly(with(priority(7), pool("first", "10.0.2.0/28"))));
        assertThat(allocator.usage())
                .extracting(usage -> usage.pool() + " " + usage.priority() + " " + usage.autoAssign())
                .containsExactly("first 7 DISABLED", "last 0 ENABLED", "open 0 ENABLED");
    }
}
