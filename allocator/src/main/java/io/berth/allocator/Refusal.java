package io.berth.allocator;

/**
 * Why a service has no address. One value gives the event's text, the JSON's reason and the metric's label.
 *
 * <p>Messages are read by tenants: they name the tenant's own objects and the pools, never another tenant's service.
 */
public sealed interface Refusal {

    /** The request contradicts itself or the service. */
    record InvalidRequest(String message) implements Refusal {}

    /** An address was asked for that no pool has to give, or not the pool that was asked for too. */
    record AddressNotInPool(String message) implements Refusal {}

    /** An address was asked for that somebody else has. */
    record AddressInUse(String message) implements Refusal {}

    /** A pool was asked for that does not exist. */
    record PoolNotFound(String message) implements Refusal {}

    /** Pools exist, but none admits this service (or not the one that was asked for). */
    record NoPoolAdmits(String message) implements Refusal {}

    /** There are no pools at all. */
    record NoPools(String message) implements Refusal {}

    /** The pools that admit the service have no addresses of a family that it needs. */
    record FamilyUnavailable(String message) implements Refusal {}

    /** The namespace has all the addresses that it may have. */
    record QuotaExceeded(String message) implements Refusal {}

    /** Every pool that admits the service is full. */
    record PoolExhausted(String message) implements Refusal {}

    String message();

    /** In the word of the outward face, "PoolExhausted". */
    default String reason() {
        return switch (this) {
            case InvalidRequest _ -> "InvalidRequest";
            case AddressNotInPool _ -> "AddressNotInPool";
            case AddressInUse _ -> "AddressInUse";
            case PoolNotFound _ -> "PoolNotFound";
            case NoPoolAdmits _ -> "NoPoolAdmits";
            case NoPools _ -> "NoPools";
            case FamilyUnavailable _ -> "FamilyUnavailable";
            case QuotaExceeded _ -> "QuotaExceeded";
            case PoolExhausted _ -> "PoolExhausted";
        };
    }
}
