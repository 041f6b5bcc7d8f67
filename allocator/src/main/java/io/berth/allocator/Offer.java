package io.berth.allocator;

import io.berth.allocator.Verdict.Kind;
import java.util.List;
import java.util.function.Supplier;

/** What one pool has for a service at this moment. */
sealed interface Offer {

    /** One address of each family that the service needs. */
    record These(List<Address> addresses) implements Offer {}

    /** Never what the service needs. */
    record Lacking(Family family) implements Offer {}

    /**
     * Nothing until somebody gives something back.
     *
     * @param what is in use, "16 IPv4"
     */
    record Full(Supplier<String> what) implements Offer {}

    /** Nothing, since the service's namespace has enough. */
    record OverQuota(Supplier<String> problem) implements Offer {}

    /** Whether the service has to wait for the pool, rather than go without it. */
    default boolean isForNowNothing() {
        return this instanceof Full || this instanceof OverQuota;
    }

    /** The verdict on the pool that is chosen for this, or passed over for it. */
    default Verdict verdict(Pool pool) {
        return switch (this) {
            case These(List<Address> addresses) ->
                new Verdict(pool.name(), Kind.SELECTED, () -> "gives " + Wording.listed(addresses));
            case Lacking(Family family) ->
                new Verdict(pool.name(), Kind.FAMILY_UNAVAILABLE, () -> "the pool has no " + family + " addresses");
            case Full(Supplier<String> what) ->
                new Verdict(
                        pool.name(),
                        Kind.EXHAUSTED,
                        () -> "all " + what.get() + " addresses of the pool are in use"
                                + (pool.terms().holdReleased().isPositive()
                                        ? " or kept for services that gave them back"
                                        : ""));
            case OverQuota(Supplier<String> problem) -> new Verdict(pool.name(), Kind.QUOTA_EXCEEDED, problem);
        };
    }
}
