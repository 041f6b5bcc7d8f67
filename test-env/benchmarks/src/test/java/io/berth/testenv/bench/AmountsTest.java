package io.berth.testenv.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AmountsTest {

    @Test
    void timesAreToldInTheUnitThatFits() {
        assertThat(Amounts.time(812.4)).isEqualTo("812 ns");
        assertThat(Amounts.time(1_624)).isEqualTo("1.62 µs");
        assertThat(Amounts.time(44_720_000)).isEqualTo("44.7 ms");
        assertThat(Amounts.time(18_300_000_000.0)).isEqualTo("18.3 s");
    }

    @Test
    void bytesAreCountedByTheKibibyte() {
        assertThat(Amounts.bytes(624)).isEqualTo("624 B");
        assertThat(Amounts.bytes(1_536)).isEqualTo("1.50 KiB");
        assertThat(Amounts.bytes(256 << 20)).isEqualTo("256 MiB");
    }

    @Test
    void countsKeepThreeFigures() {
        assertThat(Amounts.count(1_234_567)).isEqualTo("1,230,000");
        assertThat(Amounts.count(999_600)).isEqualTo("1,000,000");
        assertThat(Amounts.count(24.4)).isEqualTo("24");
    }

    @Test
    void smallFactorsKeepTheirFraction() {
        assertThat(Amounts.times(95, 100)).isEqualTo("×0.95");
        assertThat(Amounts.times(4_130_000, 100)).isEqualTo("×41,300");
    }
}
