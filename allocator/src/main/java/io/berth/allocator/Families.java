package io.berth.allocator;

/** Of which families a service needs an address; it follows from the cluster IPs that it really has. */
public sealed interface Families {

    /** One address of this family. */
    record One(Family family) implements Families {}

    /** One of each, from the same pool, or none at all (RequireDualStack). */
    record Both() implements Families {}

    /** One of each from the same pool where any can, otherwise one: of {@code first} where any pool has it (PreferDualStack). */
    record PreferBoth(Family first) implements Families {}

    /** Whether an address of this family is of any use to the service. */
    default boolean wants(Family family) {
        return switch (this) {
            case One one -> one.family == family;
            case Both _, PreferBoth _ -> true;
        };
    }
}
