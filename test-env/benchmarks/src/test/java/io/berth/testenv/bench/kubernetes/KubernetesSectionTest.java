package io.berth.testenv.bench.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KubernetesSectionTest {

    private static final List<String> MEASURED = List.of(
            "berth,announce-at-router,72000000.0,260000000.0,200",
            "metallb,announce-at-router,90000000.0,140000000.0,200",
            "berth,services,10000.0,10000.0,1",
            "berth,services-allocated,10000.0,10000.0,1",
            "berth,services-announced,9000.0,9000.0,1",
            "berth,all-allocated,40000000000.0,40000000000.0,1",
            "berth,all-announced,41000000000.0,41000000000.0,1",
            "berth,addresses-given-twice,0.0,0.0,1",
            "berth,controller-heap,104857600.0,104857600.0,1");

    @Test
    void bothStandInOneRow() {
        assertThat(section("{latency}"))
                .contains("| … route in the router's kernel | 72.0 ms | 260 ms | 90.0 ms | 140 ms |");
    }

    @Test
    void whatWasNotMeasuredIsLeftOut() {
        assertThat(section("{memory}")).contains("| controller: heap after a collection | 100 MiB | – |");
    }

    @Test
    void barsAreMetOrMissed() {
        assertThat(section("{bars}").lines())
                .anyMatch(line -> line.contains("p50 under 50 ms") && line.endsWith("| 72.0 ms | met |"))
                .anyMatch(line -> line.contains("p99 under 250 ms") && line.endsWith("| 260 ms | **missed** |"))
                .anyMatch(line -> line.contains("allocated within") && line.endsWith("| 40.0 s | met |"))
                .anyMatch(line -> line.contains("on two services") && line.endsWith("| 0 | met |"));
    }

    @Test
    void timeOfSomeIsNotTheTimeOfAll() {
        assertThat(section("{bars}").lines())
                .anyMatch(
                        line -> line.contains("announced within") && line.endsWith("| not all in time | **missed** |"));
        assertThat(section("{load}")).contains("| all announced | 41.0 s for the first 9,000 | – |");
    }

    @Test
    void machineIsAsTheScriptFoundIt() {
        assertThat(section("{machine}")).contains("| memory | 8 GiB |");
    }

    private static String section(String template) {
        return new KubernetesSection(Figures.parse(MEASURED)).text(template, Map.of("memory", "8 GiB"));
    }
}
