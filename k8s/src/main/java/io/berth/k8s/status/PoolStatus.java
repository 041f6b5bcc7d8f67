package io.berth.k8s.status;

import io.berth.allocator.PoolUsage;
import io.berth.k8s.board.StatusWrite;
import io.berth.k8s.resource.ConfigError;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the status of an IPAddressPool says.
 *
 * @param outOfScope how many services hold an address of it although it no longer admits them
 */
public record PoolStatus(Usage usage, int outOfScope, Verdict verdict) {

    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    /** How much of the pool is used. */
    public sealed interface Usage {

        /** As the allocator counts. */
        record Counted(PoolUsage usage) implements Usage {}

        /** The allocator does not have the pool: it gives no address. */
        record LeftOut() implements Usage {}
    }

    /** Whether the pool can be used. */
    public sealed interface Verdict {

        record Valid() implements Verdict {}

        /** It cannot be read. Where it could be before, that form is still in use. */
        record Invalid(List<ConfigError> errors) implements Verdict {
            public Invalid {
                errors = List.copyOf(errors);
            }
        }

        /** It claims addresses that another pool, or another of its own entries, has. */
        record Overlapping(ConfigError error) implements Verdict {}
    }

    /**
     * The status as a tree. All four counters of MetalLB's are there in any case, since its definition demands them.
     *
     * @param previous the status that was written last; see {@link StatusWrite#isDone}
     */
    public ObjectNode tree(JsonNode previous, Instant now) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        switch (usage) {
            case Usage.Counted(PoolUsage counted) -> {
                count(tree, "IPv4", counted.ipv4());
                count(tree, "IPv6", counted.ipv6());
            }
            case Usage.LeftOut _ -> {
                count(tree, "IPv4", NONE);
                count(tree, "IPv6", NONE);
            }
        }
        tree.put("outOfScope", outOfScope);
        tree.set("conditions", ready().after(previous, now));
        return tree;
    }

    private static final PoolUsage.Count NONE = new PoolUsage.Count(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);

    private static void count(ObjectNode tree, String family, PoolUsage.Count count) {
        tree.put("assigned" + family, clamped(count.assigned()));
        tree.put("available" + family, clamped(count.available()));
    }

    private static long clamped(BigInteger count) {
        return count.min(MOST).longValueExact();
    }

    private Condition ready() {
        return switch (verdict) {
            case Verdict.Valid _ ->
                new Condition("Ready", Condition.Truth.TRUE, "Valid", "the pool is in use as written");
            case Verdict.Invalid(List<ConfigError> errors) ->
                new Condition("Ready", Condition.Truth.FALSE, "Invalid", messages(errors));
            case Verdict.Overlapping(ConfigError error) ->
                new Condition("Ready", Condition.Truth.FALSE, "Overlapping", error.message());
        };
    }

    static String messages(List<ConfigError> errors) {
        return errors.stream().map(ConfigError::message).collect(Collectors.joining("; "));
    }
}
