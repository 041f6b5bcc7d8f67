package io.berth.metrics.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestTest {

    @Test
    void parametersAreDecoded() {
        assertThat(Request.parameters("service=team-a%2Fweb&note=a+b%26c"))
                .containsEntry("service", "team-a/web")
                .containsEntry("note", "a b&c");
    }

    @Test
    void theFirstOfARepeatedParameterCounts() {
        assertThat(Request.parameters("service=a/b&service=c/d")).containsEntry("service", "a/b");
    }

    @Test
    void aParameterWithoutAValueHasTheEmptyOne() {
        assertThat(Request.parameters("wide&&service="))
                .containsEntry("wide", "")
                .containsEntry("service", "")
                .hasSize(2);
    }

    @Test
    void noQueryHasNoParameters() {
        assertThat(Request.parameters("")).isEmpty();
    }
}
