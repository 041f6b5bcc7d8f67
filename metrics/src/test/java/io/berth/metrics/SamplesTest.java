package io.berth.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.prometheus.metrics.expositionformats.ExpositionFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SamplesTest {

    private final Samples samples = new Samples();

    @Test
    void namesStandInTheExpositionAsTheyAreListed() throws IOException {
        samples.add(Meters.BGP_SESSION_UP, 1, "tor-1");
        samples.add(Meters.ALLOCATIONS, 7, "team-a-ips", "Allocated");
        samples.add(Meters.BUILD_INFO, 1, "0.1.0", "25");

        assertThat(text().lines())
                .contains(
                        "# TYPE berth_bgp_session_up gauge",
                        "berth_bgp_session_up{peer=\"tor-1\"} 1.0",
                        "# TYPE berth_allocations_total counter",
                        "berth_allocations_total{outcome=\"Allocated\",pool=\"team-a-ips\"} 7.0",
                        "# TYPE berth_build_info gauge",
                        "berth_build_info{java=\"25\",version=\"0.1.0\"} 1");
    }

    @Test
    void whatIsAddedToTheSameSeriesIsSummedUp() throws IOException {
        samples.add(Meters.SERVICES_PENDING, 1, "team-a", "PoolExhausted");
        samples.add(Meters.SERVICES_PENDING, 1, "team-a", "PoolExhausted");
        samples.add(Meters.SERVICES_PENDING, 1, "team-b", "PoolExhausted");

        assertThat(text().lines())
                .contains(
                        "berth_services_pending{namespace=\"team-a\",reason=\"PoolExhausted\"} 2.0",
                        "berth_services_pending{namespace=\"team-b\",reason=\"PoolExhausted\"} 1.0");
    }

    @Test
    void aMeterWithoutASeriesIsNotMentioned() throws IOException {
        assertThat(text()).isEmpty();
    }

    @Test
    void labelValuesAreEscaped() throws IOException {
        samples.add(Meters.BGP_SESSION_UP, 1, "a \"b\"\n\\c");

        assertThat(text()).contains("berth_bgp_session_up{peer=\"a \\\"b\\\"\\n\\\\c\"} 1.0");
    }

    @Test
    void theLabelsMustBeThoseOfTheMeter() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> samples.add(Meters.POOL_ADDRESSES, 1, "team-a-ips"))
                .withMessage("berth_pool_addresses has labels [pool, family, state]");
    }

    private String text() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ExpositionFormats.init().getPrometheusTextFormatWriter().write(out, samples.snapshots());
        return out.toString(StandardCharsets.UTF_8);
    }
}
