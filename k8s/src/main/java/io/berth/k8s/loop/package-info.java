/** One thread, the keys that were marked on it, and the only retry there is. */
@NullMarked
package io.berth.k8s.loop;

import org.jspecify.annotations.NullMarked;
