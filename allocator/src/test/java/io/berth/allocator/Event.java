package io.berth.allocator;

import java.time.Duration;
import java.util.List;

/** What can happen to an allocator; each is said so that it can happen after anything. */
sealed interface Event {

    /** A service wants an address: for the first time, once more, or another than before. */
    record Ask(Request request) implements Event {}

    /** A service is gone. */
    record Release(ServiceKey service) implements Event {}

    /** The pools are these from now on. */
    record Edit(List<Pool> pools) implements Event {}

    record Wait(Duration time) implements Event {}

    /**
     * Another process begins, and learns only what was written down.
     *
     * @param pools  as it finds them
     * @param lost   which of the latest writes never arrived: the last one in bit 0, the one before in bit 1 and so on
     * @param strays statuses that somebody wrote over by hand
     * @param order  in which it comes to know services and reservations
     */
    record TakeOver(List<Pool> pools, int lost, List<Assignment> strays, long order) implements Event {}
}
