package io.berth.testenv.bench.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.allocator.Outcome;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That each scenario runs and is what it says; how fast, only the benchmark tells. */
class ScenariosTest {

    private final SplittableRandom random = new SplittableRandom(1);

    @ParameterizedTest
    @ValueSource(strings = {Point.SMALL, Point.LARGE, Point.IPV6})
    void servicesThatComeAndGoLeaveAsManyAddressesInUse(String block) {
        Population population = Population.ofOnePool(block, 300, random);
        assertThat(population.served()).isEqualTo(300);

        for (int turn = 0; turn < 1_000; turn++) {
            assertThat(population.turnOver()).isInstanceOf(Outcome.Assigned.class);
        }
        assertThat(population.served()).isEqualTo(300);
    }

    @Test
    void servicesOfABurstAllComeBack() {
        Population population = Population.ofOnePool(Point.SMALL, 300, random);

        assertThat(population.turnOver(200)).hasSize(200).allMatch(Outcome.Assigned.class::isInstance);
        assertThat(population.served()).isEqualTo(300);
    }

    @Test
    void servicesOfANamespaceGetTheAddressesOfItsOwnPool() {
        Population population = Population.ofTenants(20, random);
        assertThat(population.served()).isEqualTo(20 * Tenants.SERVICES_EACH);

        for (int turn = 0; turn < 100; turn++) {
            Outcome outcome = population.turnOver();
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Assigned.class,
                            assigned -> assertThat(assigned.pool())
                                    .isEqualTo("pool-" + assigned.service().namespace()));
        }
        assertThat(population.served()).isEqualTo(20 * Tenants.SERVICES_EACH);
    }

    @Test
    void tenThousandPoolsFitIntoTheirBlock() {
        assertThat(Tenants.of(10_000).getLast().range()).isEqualTo("10.2.112.240/28");
    }

    @Test
    void startAdoptsEveryService() {
        assertThat(new ColdStart().adopt(services(30))).isEqualTo(30 * Tenants.SERVICES_EACH);
    }

    @Test
    void startAllocatesToEveryService() {
        assertThat(new ColdStart().allocate(services(30))).isEqualTo(30 * Tenants.SERVICES_EACH);
    }

    @Test
    void startReadsEveryPool() {
        assertThat(new ColdStart().pools(configuration(30)).usage()).hasSize(30);
    }

    private static ColdStart.Services services(int namespaces) {
        ColdStart.Services services = new ColdStart.Services();
        services.list(configuration(namespaces));
        return services;
    }

    private static ColdStart.Configuration configuration(int namespaces) {
        ColdStart.Configuration configuration = new ColdStart.Configuration();
        configuration.namespaces = namespaces;
        configuration.read();
        return configuration;
    }
}
