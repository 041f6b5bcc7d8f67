package io.berth.allocator;

import static io.berth.allocator.Given.address;
import static io.berth.allocator.Given.avoidingBuggyIps;
import static io.berth.allocator.Given.pool;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolTest {

    @Test
    void totalIsExactPerFamilyHoweverLargeAndInWhateverOrderTheEntriesStand() {
        Pool pool = pool("dual", "2001:db8::/64", "10.0.0.0/24", "2001:db8:1::/65", "10.0.1.1-10.0.1.3");
        assertThat(pool.total(Family.IPV4)).isEqualTo(259);
        assertThat(pool.total(Family.IPV6)).isEqualTo(BigInteger.TWO.pow(64).add(BigInteger.TWO.pow(63)));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/24, 254",
        "10.0.0.0/16, 65024",
        "10.0.0.0/32, 0",
        "10.0.0.255/32, 0",
        "10.0.0.1/32, 1",
        "10.0.0.0/31, 1",
        "10.0.0.254-10.0.1.1, 2",
        "10.0.0.255-10.0.1.0, 0",
        "0.0.0.0/0, 4261412864",
        "255.255.255.255/32, 0",
    })
    void totalLeavesOutBuggyAddressesOnceEach(String range, BigInteger total) {
        assertThat(avoidingBuggyIps(pool("p", range)).total(Family.IPV4)).isEqualTo(total);
    }

    @Test
    void buggyAddressesAreAMatterOfIpv4() {
        Pool pool = avoidingBuggyIps(pool("p", "10.0.0.0/24", "2001:db8::/120"));
        assertThat(pool.total(Family.IPV6)).isEqualTo(256);
        assertThat(pool.owns(address("2001:db8::ff"))).isTrue();
        assertThat(pool.owns(address("2001:db8::"))).isTrue();
        assertThat(pool.owns(address("10.0.0.0"))).isFalse();
        assertThat(pool.owns(address("10.0.0.255"))).isFalse();
        assertThat(pool.owns(address("10.0.0.1"))).isTrue();
    }
}
