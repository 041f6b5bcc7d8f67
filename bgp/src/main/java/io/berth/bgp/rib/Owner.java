package io.berth.bgp.rib;

/**
 * Who wants something announced: somebody who says all of its routes at once, or the prefix itself, of which all is said at once.
 * A prefix needs no name here, so that what is said of a million of them alike is one thing.
 */
sealed interface Owner {

    /** Somebody of this name. */
    record Named(String name) implements Owner {}

    /** The prefix that is spoken of. It is heard before everybody else. */
    record ItsPrefix() implements Owner {}

    static Owner itsPrefix() {
        return new ItsPrefix();
    }

    /** Owners are heard in the order of what this is; no name comes before the prefix itself. */
    default String rank() {
        return switch (this) {
            case ItsPrefix _ -> "";
            case Named named -> "=" + named.name;
        };
    }
}
