package io.berth.bgp.rib;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.bgp.AddressLiteral;
import io.berth.bgp.Prefix;
import io.berth.bgp.codec.Nlri;
import io.berth.bgp.message.Family;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTableTest {

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void aPrefixHasOneRow() {
        var table = new PrefixTable(Family.IPV4_UNICAST);

        int row = table.intern(Prefix.parse("203.0.113.7/32"));

        assertThat(table.intern(Prefix.parse("203.0.113.7/32"))).isEqualTo(row);
        assertThat(table.intern(Prefix.parse("203.0.113.8/32"))).isNotEqualTo(row);
        assertThat(table.prefix(row)).isEqualTo(Prefix.parse("203.0.113.7/32"));
        assertThat(table.isTaken(row)).isTrue();
    }

    @Test
    void prefixesOfOneAddressDifferByLength() {
        var table = new PrefixTable(Family.IPV6_UNICAST);

        assertThat(List.of("2001:db8::/32", "2001:db8::/64", "2001:db8::/128", "::/0", "::/128"))
                .map(text -> table.intern(Prefix.parse(text)))
                .containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void aRowThatIsGivenBackIsTheNextToBeGivenOut() {
        var table = new PrefixTable(Family.IPV4_UNICAST);
        int first = table.intern(Prefix.parse("203.0.113.1/32"));
        int second = table.intern(Prefix.parse("203.0.113.2/32"));
        table.release(first);
        table.release(second);

        assertThat(table.isTaken(first)).isFalse();
        assertThat(table.intern(Prefix.parse("203.0.113.3/32"))).isEqualTo(second);
        assertThat(table.intern(Prefix.parse("203.0.113.4/32"))).isEqualTo(first);
        assertThat(table.bound()).isEqualTo(2);
    }

    /** However prefixes come and go, the table says what a map says. */
    @ParameterizedTest
    @EnumSource
    void theTableAgreesWithAMap(Family family) {
        var table = new PrefixTable(family);
        Map<Prefix, Integer> rows = new HashMap<>();
        for (int step = 0; step < 50_000; step++) {
            Prefix prefix = prefix(family);
            Integer known = rows.get(prefix);
            int row = table.intern(prefix);
            if (known != null) {
                assertThat(row).as("seed %d, step %d", seed, step).isEqualTo(known);
                table.release(row);
                rows.remove(prefix);
            } else {
                assertThat(rows).as("seed %d, step %d", seed, step).doesNotContainValue(row);
                rows.put(prefix, row);
            }
        }
        rows.forEach((prefix, row) -> {
            assertThat(table.prefix(row)).as("seed %d", seed).isEqualTo(prefix);
            assertThat(table.intern(prefix)).as("seed %d", seed).isEqualTo(row);
        });
        assertThat(table.bound()).as("seed %d", seed).isLessThan(1200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0/0",
                "128.0.0.0/1",
                "10.0.0.0/8",
                "10.128.0.0/9",
                "10.1.0.0/16",
                "10.1.254.0/23",
                "10.1.2.0/24",
                "10.1.2.254/31",
                "10.1.2.255/32",
                "::/0",
                "8000::/1",
                "2001:db8::/32",
                "2001:db8:8000::/33",
                "2001:db8:1:2:3:4:5:6/127",
                "2001:db8:1:2:3:4:5:7/128",
                "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128"
            })
    void aRowIsEncodedAsItsPrefixIs(String text) {
        Prefix prefix = Prefix.parse(text);
        var table = new PrefixTable(Family.of(prefix));
        int row = table.intern(prefix);

        assertThat(table.encodedLength(row)).isEqualTo(Nlri.of(List.of(prefix)).encodedLength(0));
        assertThat(encoded(row, table)).isEqualTo(encoded(prefix));
    }

    @Test
    void aPrefixIsFoundForAsLongAsItHasARow() {
        var table = new PrefixTable(Family.IPV4_UNICAST);
        Prefix prefix = Prefix.parse("203.0.113.0/24");
        int row = table.intern(prefix);

        assertThat(table.find(prefix)).hasValue(row);
        assertThat(table.find(Prefix.parse("203.0.113.0/25"))).isEmpty();
        table.release(row);
        assertThat(table.find(prefix)).isEmpty();
    }

    private static ByteBuf encoded(int row, PrefixTable table) {
        ByteBuf out = Unpooled.buffer();
        table.encode(row, out);
        return out;
    }

    private static ByteBuf encoded(Prefix prefix) {
        ByteBuf out = Unpooled.buffer();
        Nlri.of(List.of(prefix)).encode(0, out);
        return out;
    }

    /** Out of a thousand neighbours, as they come in pools. */
    private Prefix prefix(Family family) {
        byte[] octets = new byte[family.addressLength()];
        octets[0] = 10;
        octets[octets.length - 2] = (byte) random.nextInt(4);
        octets[octets.length - 1] = (byte) random.nextInt(250);
        return Prefix.containing(family.address(octets), family.maxPrefixLength() - (random.nextInt(10) == 0 ? 4 : 0));
    }

    @Test
    void rowsAreWrittenInTheirOrder() {
        var table = new PrefixTable(Family.IPV4_UNICAST);
        var rows = new Rows(table);
        List<String> expected = new ArrayList<>();
        for (int i = 99; i >= 0; i--) {
            Prefix prefix = Prefix.host(AddressLiteral.parse("203.0.113." + i));
            rows.add(table.intern(prefix));
            expected.add(prefix.toString());
        }

        assertThat(rows.size()).isEqualTo(100);
        assertThat(expected.get(42)).isEqualTo(table.prefix(rows.get(42)).toString());
        assertThat(table.prefix(rows.last())).hasToString("203.0.113.0/32");
    }
}
