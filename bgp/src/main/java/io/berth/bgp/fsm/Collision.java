package io.berth.bgp.fsm;

import io.berth.bgp.message.Open;

/**
 * Which of two connections with one peer stays (RFC 4271 section 6.8): the one that was opened by the speaker with the higher
 * BGP Identifier, or, where the identifiers are equal, by the one with the higher AS number (RFC 6286 section 2.3).
 */
record Collision(Open ours) {

    /** The connection to keep, given what the peer said of itself. */
    Role winner(Open theirs) {
        int identifiers = ours.identifier().compareTo(theirs.identifier());
        int order = identifiers != 0 ? identifiers : ours.as().compareTo(theirs.as());
        return order > 0 ? Role.DIALLED : Role.ACCEPTED;
    }
}
