package io.berth.k8s.resource;

import static io.berth.k8s.resource.Manifest.errors;
import static io.berth.k8s.resource.Manifest.reasons;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.resource.Warning.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BFDProfileTest {

    private static String manifest(String spec) {
        return Manifest.metallb("BFDProfile", "fast", spec);
    }

    @Test
    void everyFieldOfMetalLBsIsKnown() {
        assertThat(reasons(manifest("""
            receiveInterval: 10, transmitInterval: 60000, echoInterval: 50, detectMultiplier: 2,
            minimumTtl: 254, echoMode: true, passiveMode: true
            """))).isEmpty();
        assertThat(reasons(manifest(""))).isEmpty();
        assertThat(reasons(manifest("recieveInterval: 10"))).containsExactly(Reason.UNKNOWN_FIELD);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        receiveInterval: 9      | receiveInterval: must be 10 to 60000, got 9
        transmitInterval: 60001 | transmitInterval: must be 10 to 60000, got 60001
        echoInterval: 0         | echoInterval: must be 10 to 60000, got 0
        detectMultiplier: 1     | detectMultiplier: must be 2 to 255, got 1
        detectMultiplier: 256   | detectMultiplier: must be 2 to 255, got 256
        minimumTtl: 0           | minimumTtl: must be 1 to 254, got 0
        """)
    void numbersHaveTheirRanges(String field, String problem) {
        assertThat(errors(manifest(field))).containsExactly("file.yaml: BFDProfile/fast: spec." + problem);
    }
}
