package io.berth.allocator;

import static io.berth.allocator.Given.address;
import static io.berth.allocator.Given.avoidingBuggyIps;
import static io.berth.allocator.Given.pool;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTableTest {

    private static final Occupant SOMEBODY = new Occupant.SetAside();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/22",
                "10.0.0.250-10.0.2.5",
                "10.0.0.255-10.0.1.0",
                "10.0.0.1-10.0.17.9",
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
        AddressTable table = new AddressTable(range, pool.buggyIps());
        TreeSet<Address> expected = new TreeSet<>();
        int size = range.last().countFrom(range.first()).intValueExact();
        for (int i = 0; i < size; i++) {
            Address address = range.first().plus(i);
            if (pool.owns(address)) {
                expected.add(address);
            }
        }
        TreeSet<Address> all = new TreeSet<>(expected);
        Random random = new Random(size);
        for (int step = 0; step < 8000 && !all.isEmpty(); step++) {
            Address any = all.floor(range.first().plus(random.nextInt(size)));
            Address address = random.nextInt(3) == 0 && !expected.isEmpty() ? expected.first() : any;
            if (address != null && expected.remove(address)) {
                table.put(address, SOMEBODY);
            } else if (address != null) {
                table.free(address);
                expected.add(address);
            }
            assertThat(table.lowest()).isEqualTo(expected.isEmpty() ? null : expected.first());
        }
        assertThat(drained(table)).isEqualTo(List.copyOf(expected));
    }

    /** Everything that is free, lowest first. */
    private static List<Address> drained(AddressTable table) {
        List<Address> drained = new ArrayList<>();
        for (Address lowest = table.lowest(); lowest != null; lowest = table.lowest()) {
            drained.add(lowest);
            table.put(lowest, SOMEBODY);
        }
        return drained;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/8", "10.0.0.3-10.200.7.9", "2001:db8::/64", "2001:db8::fff0/32", "::/0", "0.0.0.0/0"})
    void lowestOfAHugeRangeIsTheFirstThatIsNotTaken(String range) {
        Pool pool = avoidingBuggyIps(pool("p", range));
        Address first = pool.ranges().getFirst().first();
        AddressTable table = new AddressTable(pool.ranges().getFirst(), pool.buggyIps());
        Set<Address> taken = new HashSet<>();
        Random random = new Random(range.hashCode());
        for (int step = 0; step < 20_000; step++) {
            Address address = switch (random.nextInt(4)) {
                case 0 -> first.plus(random.nextInt(3000));
                case 1 -> first.plus(random.nextInt(8_000_000));
                default -> table.lowest();
            };
            if (address != null && pool.owns(address)) {
                if (taken.add(address)) {
                    table.put(address, SOMEBODY);
                } else {
                    taken.remove(address);
                    table.free(address);
                }
            }
            if (step % 64 == 0) {
                assertThat(table.lowest()).isEqualTo(lowestBut(taken, pool));
            }
        }
        taken.forEach(table::free);
        assertThat(table.lowest()).isEqualTo(lowestBut(Set.of(), pool));
    }

    private static Address lowestBut(Set<Address> taken, Pool pool) {
        Address lowest = pool.ranges().getFirst().first();
        while (taken.contains(lowest) || !pool.owns(lowest)) {
            lowest = lowest.next();
        }
        return lowest;
    }

    @Test
    void addressesFarBehindTheFirstAreTakenAndGivenBackLikeAnyOther() {
        AddressTable table = new AddressTable(AddressRange.parse("2001:db8::/32"), Pool.BuggyIps.GIVEN);
        table.put(address("2001:db8::"), SOMEBODY);
        table.put(address("2001:db8:0:0:1000::"), SOMEBODY);
        table.put(address("2001:db8:ffff::"), SOMEBODY);
        assertThat(table.lowest()).isEqualTo(address("2001:db8::1"));
        table.free(address("2001:db8:ffff::"));
        table.free(address("2001:db8:0:0:1000::"));
        table.free(address("2001:db8::"));
        assertThat(table.lowest()).isEqualTo(address("2001:db8::"));
    }
}
