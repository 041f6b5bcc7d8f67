package io.berth.testenv.bench.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AllocatorSectionTest {

    private static final List<String> BERTH = List.of(
            "berth,onePool,10.0.0.0/16,58982,nanoseconds,800.0,760.0,880.0",
            "berth,onePool,10.0.0.0/16,58982,allocated-bytes,512.0,512.0,512.0",
            "berth,onePool,10.0.0.0/8,58982,nanoseconds,840.0,840.0,840.0",
            "berth,onePool,fd00::/64,58982,nanoseconds,1600.0,1600.0,1600.0",
            "berth,adopt,10.0.0.0/8,10000,nanoseconds,700000000.0,700000000.0,700000000.0",
            "berth,allocate,10.0.0.0/8,10000,nanoseconds,900000000.0,900000000.0,900000000.0");

    private static final List<String> METALLB = List.of(
            "metallb,onePool,10.0.0.0/16,58982,nanoseconds,40000000.0,40000000.0,40000000.0",
            "metallb,adopt,10.0.0.0/8,10000,nanoseconds,60000000000.0,60000000000.0,60000000000.0",
            "metallb,adopt,10.0.0.0/8,10000,services,72000.0,72000.0,72000.0",
            "metallb,allocate,10.0.0.0/8,10000,nanoseconds,50000000000.0,50000000000.0,50000000000.0",
            "metallb,allocate,10.0.0.0/8,10000,services,100000.0,100000.0,100000.0");

    private static final List<String> BOTH =
            Stream.concat(BERTH.stream(), METALLB.stream()).toList();

    @Test
    void bothStandInOneRowWithWhatLiesBetweenThem() {
        assertThat(section("{churn}", BOTH))
                .contains(
                        "| /16, 58,982 | 800 ns (760 ns to 880 ns) | 1,250,000 | 512 B | 40.0 ms | 25 | – | ×50,000 |");
    }

    @Test
    void whatWasNotMeasuredIsLeftOut() {
        assertThat(section("{churn}", BERTH))
                .contains("| /16, 58,982 | 800 ns (760 ns to 880 ns) | 1,250,000 | 512 B | – | – | – | – |");
    }

    @Test
    void barsAreMetOrMissed() {
        assertThat(section("{bars}", BERTH).lines())
                .anyMatch(line -> line.startsWith("| 1,000,000 pairs") && line.endsWith("| 1,250,000 pairs/s | met |"))
                .anyMatch(line -> line.startsWith("| a /8") && line.endsWith("| ×1.05 of the time | met |"))
                .anyMatch(
                        line -> line.startsWith("| an IPv6 /64") && line.endsWith("| ×2.00 of the time | **missed** |"))
                .anyMatch(line -> line.startsWith("| 10,000 pools") && line.endsWith("| 1.60 s | met |"));
    }

    @Test
    void startThatRanOutOfTimeSaysHowFarItCame() {
        assertThat(section("{start}", BOTH))
                .contains("| services adopted | 700 ms | – | 60.0 s for the first 72,000 |")
                .contains("| services allocated | 900 ms | – | 50.0 s |")
                .contains("| adopted + allocated | 1.60 s | – | – |");
    }

    @Test
    void machineIsAsTheScriptFoundIt() {
        assertThat(section("{machine}", BERTH)).contains("| memory | 8 GiB |");
    }

    private static String section(String template, List<String> lines) {
        return new AllocatorSection(Figures.parse(lines)).text(template, Map.of("memory", "8 GiB"));
    }
}
