package io.berth.allocator;

import java.time.Instant;

/**
 * An address that is kept for a service: it gave it back and may come again, or is promised it.
 *
 * @param until when it is free for everybody; {@link Instant#MAX} for what is promised
 */
public record Reservation(Address address, ServiceKey service, Instant until) {

    static Reservation promised(Address address, ServiceKey service) {
        return new Reservation(address, service, Instant.MAX);
    }

    /** Whether it ends when somebody says so, not by time, nor for want of quota. */
    public boolean isPromised() {
        return until.equals(Instant.MAX);
    }
}
