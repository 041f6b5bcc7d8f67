package io.berth.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.metrics.AddressSeconds.Tenant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AddressSecondsTest {

    private static final long SECOND = 1_000_000_000L;
    private static final Set<String> POOLS = Set.of("team-a-ips", "shared-ips");
    private static final Tenant TEAM_A = new Tenant("team-a-ips", "team-a");
    private static final Tenant TEAM_B = new Tenant("shared-ips", "team-b");

    private final AddressSeconds start = AddressSeconds.from(100 * SECOND);

    @Test
    void nothingIsHeldAtFirst() {
        assertThat(start.until(200 * SECOND, TEAM_A)).isZero();
    }

    @Test
    void everyAddressCountsForEverySecondThatItIsHeld() {
        AddressSeconds held = start.changed(100 * SECOND, POOLS, Map.of(TEAM_A, 3));

        assertThat(held.until(100 * SECOND, TEAM_A)).isZero();
        assertThat(held.until(110 * SECOND + SECOND / 2, TEAM_A)).isEqualTo(31.5);
    }

    @Test
    void whatWasHeldBetweenTwoLooksIsNotLost() {
        AddressSeconds held = start.changed(100 * SECOND, POOLS, Map.of(TEAM_A, 1))
                .changed(105 * SECOND, POOLS, Map.of(TEAM_A, 11))
                .changed(107 * SECOND, POOLS, Map.of(TEAM_A, 1));

        assertThat(held.until(110 * SECOND, TEAM_A)).isEqualTo(5 + 22 + 3);
    }

    @Test
    void aTenantThatReleasedAllKeepsItsCount() {
        AddressSeconds held = start.changed(100 * SECOND, POOLS, Map.of(TEAM_A, 2, TEAM_B, 1))
                .changed(110 * SECOND, POOLS, Map.of(TEAM_B, 1));

        assertThat(held.until(500 * SECOND, TEAM_A)).isEqualTo(20);
        assertThat(held.until(500 * SECOND, TEAM_B)).isEqualTo(400);
    }

    @Test
    void aPoolThatIsGoneTakesItsCountsWithIt() {
        AddressSeconds held = start.changed(100 * SECOND, POOLS, Map.of(TEAM_A, 2, TEAM_B, 1))
                .changed(110 * SECOND, Set.of("shared-ips"), Map.of(TEAM_B, 1));

        assertThat(held.tenure()).containsOnlyKeys(TEAM_B);
        assertThat(held.until(120 * SECOND, TEAM_B)).isEqualTo(20);
    }
}
