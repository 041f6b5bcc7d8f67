package io.berth.k8s.lint;

import static io.berth.k8s.allocation.Given.pool;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.resource.Warning.Reason;
import org.junit.jupiter.api.Test;

class LintsTest {

    @Test
    void overlappingPoolsAreReportedByAProcessThatRuns() {
        assertThat(Found.one(
                        Reason.OVERLAPPING_POOLS, pool("a", "10.0.1.0/28", ""), pool("b", "10.0.1.8-10.0.1.20", "")))
                .isEqualTo("IPAddressPool/b: spec.addresses: '10.0.1.8-10.0.1.20' overlaps with '10.0.1.0/28' of"
                        + " IPAddressPool/a; take these addresses out of one of them: until then the pool is as it last"
                        + " was, or not in use");
    }

    @Test
    void whatCameToLightWhileReadingIsAmongTheWarnings() {
        assertThat(Found.of(Reason.HOST_BITS_SET, pool("a", "10.0.1.1/28", ""))).hasSize(1);
        assertThat(Found.of(Reason.UNKNOWN_FIELD, pool("a", "10.0.1.0/28", "name: x")))
                .hasSize(1);
        assertThat(Found.of(
                        Reason.UNSUPPORTED_KIND,
                        "apiVersion: metallb.io/v1beta1\nkind: L2Advertisement\nmetadata: {name: l2}\n"))
                .hasSize(1);
    }
}
