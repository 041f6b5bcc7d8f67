/** Real routers as fixtures, and the demo. */
@NullMarked
package io.berth.testenv;

import org.jspecify.annotations.NullMarked;
