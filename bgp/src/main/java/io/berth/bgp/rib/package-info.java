/** What should be announced (LocRib), and what one peer has and lacks of it (AdjRibOut). */
@NullMarked
package io.berth.bgp.rib;

import org.jspecify.annotations.NullMarked;
