package io.berth.metrics.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonStringTest {

    @Test
    void ordinaryTextIsQuoted() {
        assertThat(JsonString.of("größer than $1")).isEqualTo("\"größer than $1\"");
    }

    @Test
    void quotesBackslashesAndControlCharactersAreEscaped() {
        assertThat(JsonString.of("a\"b\\c\nd\u001b[2J\u009b"))
                .isEqualTo("\"a\\u0022b\\u005cc\\u000ad\\u001b[2J\\u009b\"");
    }
}
