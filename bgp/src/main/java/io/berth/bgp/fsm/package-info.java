/** The RFC 4271 state machine as two pure machines: one connection, and one peer with its collisions. */
@NullMarked
package io.berth.bgp.fsm;

import org.jspecify.annotations.NullMarked;
