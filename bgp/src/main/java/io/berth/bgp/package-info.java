/** The public face of the BGP-4 speaker. */
@NullMarked
package io.berth.bgp;

import org.jspecify.annotations.NullMarked;
