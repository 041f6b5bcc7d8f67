/** Sockets and timers: the Netty shell around the pure machines. */
@NullMarked
package io.berth.bgp.net;

import org.jspecify.annotations.NullMarked;
