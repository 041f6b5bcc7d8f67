package io.berth.allocator;

import java.util.List;

/** Which pools a namespace may draw from, by its own annotation {@code berth.io/pools}; every pool's scope holds besides. */
public sealed interface Fence {

    /** From any. */
    record Open() implements Fence {}

    /**
     * From these and no others, the first of them that can give what is needed; their priorities do not matter.
     *
     * @param pools names in the order of preference
     */
    record Around(List<String> pools) implements Fence {
        public Around {
            pools = List.copyOf(pools);
            if (pools.isEmpty()) {
                throw new IllegalArgumentException("a fence must enclose a pool");
            }
        }
    }

    /** A fence was meant that nobody can read: it encloses nothing until it is mended, rather than everything. */
    record Unreadable() implements Fence {}

    /** Whether there is one is not known yet: until it is, it encloses nothing. */
    record Unseen() implements Fence {}

    default boolean encloses(String pool) {
        return switch (this) {
            case Open _ -> true;
            case Around(List<String> pools) -> pools.contains(pool);
            case Unreadable _, Unseen _ -> false;
        };
    }

    /** Why a pool outside is not drawn from, in words for the services of the namespace. */
    default String outside() {
        return switch (this) {
            case Open _ -> "";
            case Around(List<String> pools) ->
                "the namespace may draw from " + String.join(", ", pools) + " only (its annotation berth.io/pools)";
            case Unreadable _ ->
                "the annotation berth.io/pools of the namespace cannot be read, so it draws from no pool until that is"
                        + " mended";
            case Unseen _ -> "the Namespace has not been seen yet, so it draws from no pool until it is";
        };
    }
}
