/** Bytes to messages and back, and what a session's two OPENs have agreed on. */
@NullMarked
package io.berth.bgp.codec;

import org.jspecify.annotations.NullMarked;
