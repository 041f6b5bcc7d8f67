package io.berth.allocator;

import static io.berth.allocator.Given.address;
import static io.berth.allocator.Given.avoidingBuggyIps;
import static io.berth.allocator.Given.pool;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreeAddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/22",
                "10.0.0.250-10.0.2.5",
                "10.0.0.255-10.0.1.0",
                "10.0.0.0/32",
                "255.255.254.0/23",
                "0.0.0.0/24",
                "2001:db8::ffff:ffff:ffff:ff00-2001:db8:0:1::ff",
                "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ff00/120"
            })
    void lowestIsWhatASortedSetOfTheFreeWouldSay(String range) {
        compare(pool("p", range));
        compare(avoidingBuggyIps(pool("p", range)));
    }

    private static void compare(Pool pool) {
        AddressRange range = pool.ranges().getFirst();
        FreeAddresses free = new FreeAddresses(pool, range);
        TreeSet<Address> expected = new TreeSet<>();
        int size = range.last().countFrom(range.first()).intValueExact();
        for (int i = 0; i < size; i++) {
            Address address = range.first().plus(i);
            if (pool.gives(address)) {
                expected.add(address);
            }
        }
        TreeSet<Address> all = new TreeSet<>(expected);
        Random random = new Random(size);
        for (int step = 0; step < 4000 && !all.isEmpty(); step++) {
            Address any = all.floor(range.first().plus(random.nextInt(size)));
            Address address = random.nextInt(3) == 0 && !expected.isEmpty() ? expected.first() : any;
            if (address != null && expected.remove(address)) {
                free.take(address);
            } else if (address != null) {
                free.giveBack(address);
                expected.add(address);
            }
            assertThat(free.lowest()).isEqualTo(expected.stream().findFirst());
        }
        assertThat(all).allMatch(address -> free.contains(address) == expected.contains(address));
    }

    @Test
    void hugeRangeCostsOnlyWhatIsUsedOfIt() {
        Pool pool = pool("p", "2001:db8::/32");
        FreeAddresses free = new FreeAddresses(pool, pool.ranges().getFirst());
        free.take(address("2001:db8::"));
        free.take(address("2001:db8:ffff::"));
        assertThat(free.lowest()).contains(address("2001:db8::1"));
        assertThat(free.contains(address("2001:db8:ffff::"))).isFalse();
        assertThat(free.contains(address("2001:db8:ffff::1"))).isTrue();
    }
}
