package io.berth.allocator;

/** How many addresses one namespace may have, of one pool or of all. What is held already stays, whatever the quota. */
public sealed interface Quota {

    /** As many as there are. */
    record Unlimited() implements Quota {}

    /**
     * So many and no more; an address that services of the namespace share counts once.
     *
     * @param addresses 0 or more
     */
    record AtMost(int addresses) implements Quota {
        public AtMost {
            if (addresses < 0) {
                throw new IllegalArgumentException("a quota must not be negative, got " + addresses);
            }
        }
    }

    /** A quota was meant that nobody can read: no address more is given until it is mended, rather than any number. */
    record Unreadable() implements Quota {}

    /** Whether a namespace that has {@code before} addresses may come to have {@code after}; fewer or as many, it always may. */
    default boolean allows(int before, int after) {
        return after <= before
                || switch (this) {
                    case Unlimited _ -> true;
                    case AtMost(int addresses) -> after <= addresses;
                    case Unreadable _ -> false;
                };
    }
}
