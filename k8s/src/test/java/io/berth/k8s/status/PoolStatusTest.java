package io.berth.k8s.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.allocator.Pool.AutoAssign;
import io.berth.allocator.PoolUsage;
import io.berth.allocator.PoolUsage.Count;
import io.berth.k8s.board.StatusWrite;
import io.berth.k8s.crd.Crd;
import io.berth.k8s.resource.ConfigError;
import io.berth.k8s.status.PoolStatus.Usage;
import io.berth.k8s.status.PoolStatus.Verdict;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PoolStatusTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final Instant LATER = Instant.parse("2026-01-31T13:00:00Z");
    private static final Usage SOME = usage(count(16, 3, 2), count(0, 0, 0));

    private static Count count(long total, long assigned, long reserved) {
        return new Count(BigInteger.valueOf(total), BigInteger.valueOf(assigned), BigInteger.valueOf(reserved));
    }

    private static Usage usage(Count ipv4, Count ipv6) {
        return new Usage.Counted(new PoolUsage("gold", 0, AutoAssign.ENABLED, ipv4, ipv6, Map.of()));
    }

    private static JsonNode tree(PoolStatus status) {
        JsonNode tree = status.tree(JSON.createObjectNode(), NOON);
        assertThat(Crd.of("IPAddressPool").problems(tree)).isEmpty();
        return tree;
    }

    @Test
    void countsAreThoseOfTheAllocatorAndWhatIsReservedIsNotAvailable() {
        assertThat(tree(new PoolStatus(SOME, 1, new Verdict.Valid())).toString())
                .isEqualTo(JSON.readTree("""
                    {"assignedIPv4": 3, "availableIPv4": 11, "assignedIPv6": 0, "availableIPv6": 0, "outOfScope": 1,
                     "conditions": [{"type": "Ready", "status": "True", "reason": "Valid",
                         "message": "the pool is in use as written", "lastTransitionTime": "2026-01-31T12:00:00Z"}]}
                    """).toString());
    }

    @Test
    void moreThanTheApiCanCountIsShownAsTheMostItCan() {
        Count wide = new Count(BigInteger.TWO.pow(64), BigInteger.ONE, BigInteger.ZERO);

        assertThat(tree(new PoolStatus(usage(count(0, 0, 0), wide), 0, new Verdict.Valid()))
                        .path("availableIPv6")
                        .asLong())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aPoolThatCannotBeReadSaysWhatIsWrongWithIt() {
        var verdict = new Verdict.Invalid(List.of(
                new ConfigError("", "IPAddressPool/gold", "spec.addresses[0]: must be a CIDR, got 'x'"),
                new ConfigError(
                        "", "IPAddressPool/gold", "spec.serviceAllocation.priority: must not be negative, got -1")));

        JsonNode tree = tree(new PoolStatus(new Usage.LeftOut(), 0, verdict));

        assertThat(tree.path("availableIPv4").asInt()).isZero();
        assertThat(tree.at("/conditions/0/status").asString()).isEqualTo("False");
        assertThat(tree.at("/conditions/0/reason").asString()).isEqualTo("Invalid");
        assertThat(tree.at("/conditions/0/message").asString())
                .isEqualTo("spec.addresses[0]: must be a CIDR, got 'x'; "
                        + "spec.serviceAllocation.priority: must not be negative, got -1");
    }

    @Test
    void aPoolThatOverlapsSaysWithWhich() {
        var error = new ConfigError("", "IPAddressPool/gold", "spec.addresses: '10.0.0.0/8' overlaps with ...");

        JsonNode tree = tree(new PoolStatus(new Usage.LeftOut(), 0, new Verdict.Overlapping(error)));

        assertThat(tree.at("/conditions/0/reason").asString()).isEqualTo("Overlapping");
        assertThat(tree.at("/conditions/0/message").asString()).isEqualTo(error.message());
    }

    @Test
    void anHourInWhichNothingHappensLeavesNothingToWrite() {
        PoolStatus status = new PoolStatus(SOME, 0, new Verdict.Valid());
        JsonNode stored = JSON.readTree(tree(status).toString());

        assertThat(StatusWrite.isDone(stored, status.tree(stored, LATER))).isTrue();
        PoolStatus more = new PoolStatus(usage(count(16, 4, 2), count(0, 0, 0)), 0, new Verdict.Valid());
        assertThat(StatusWrite.isDone(stored, more.tree(stored, LATER))).isFalse();
    }
}
