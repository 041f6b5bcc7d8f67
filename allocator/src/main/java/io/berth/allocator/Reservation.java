package io.berth.allocator;

import java.time.Instant;

/**
 * An address that is kept for the service that gave it back, should that come again.
 *
 * @param until when it is free for everybody
 */
public record Reservation(Address address, ServiceKey service, Instant until) {}
