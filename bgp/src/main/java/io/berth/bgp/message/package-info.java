/** BGP messages as values: RFC 4271 section 4 and the capabilities and attributes of later RFCs. */
@NullMarked
package io.berth.bgp.message;

import org.jspecify.annotations.NullMarked;
