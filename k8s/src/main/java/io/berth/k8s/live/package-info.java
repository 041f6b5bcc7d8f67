/** A running process as it shows itself over HTTP, and as the commands ask it. */
@NullMarked
package io.berth.k8s.live;

import org.jspecify.annotations.NullMarked;
