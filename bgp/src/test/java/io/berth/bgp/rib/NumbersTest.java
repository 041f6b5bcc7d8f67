package io.berth.bgp.rib;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {

    private final Numbers<String> numbers = new Numbers<>();

    @Test
    void equalValuesHaveOneNumber() {
        int number = numbers.number("a");

        assertThat(numbers.number(new String("a"))).isEqualTo(number);
        assertThat(numbers.number("b")).isNotEqualTo(number);
        assertThat(numbers.value(number)).isEqualTo("a");
    }

    @Test
    void aNumberIsFreeOnceItsLastUseEnds() {
        int a = numbers.number("a");
        numbers.acquire(a);
        numbers.acquire(a);
        numbers.release(a);

        assertThat(numbers.number("b")).isNotEqualTo(a);
        numbers.release(a);
        assertThat(numbers.number("c")).isEqualTo(a);
        assertThat(numbers.value(a)).isEqualTo("c");
    }

    @Test
    void aValueThatComesBackMayHaveAnotherNumber() {
        int a = numbers.number("a");
        numbers.acquire(a);
        numbers.release(a);
        numbers.number("b");

        assertThat(numbers.number("a")).isNotEqualTo(a);
    }

    @Test
    void thereIsRoomForMany() {
        for (int i = 0; i < 1000; i++) {
            numbers.acquire(numbers.number("value " + i));
        }

        assertThat(numbers.value(numbers.number("value 999"))).isEqualTo("value 999");
        assertThat(numbers.value(0)).isEqualTo("value 0");
    }
}
