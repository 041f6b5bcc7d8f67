package io.berth.bgp.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class OctetsTest {

    @Test
    void nobodyCanChangeThem() {
        byte[] given = {1, 2, 3};
        Octets octets = Octets.of(given);
        given[0] = 9;
        octets.toArray()[1] = 9;

        assertThat(octets).isEqualTo(Octets.of((byte) 1, (byte) 2, (byte) 3)).hasToString("010203");
    }

    @Test
    void eachIsAnUnsignedNumber() {
        assertThat(Octets.of((byte) -1).at(0)).isEqualTo(255);
    }

    @Test
    void aPartLiesWithin() {
        Octets octets = Octets.of((byte) 1, (byte) 2, (byte) 3);

        assertThat(octets.slice(1, 2)).hasToString("0203");
        assertThat(octets.first(2)).hasToString("0102");
        assertThat(octets.first(9)).isEqualTo(octets);
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> octets.slice(2, 2));
    }
}
