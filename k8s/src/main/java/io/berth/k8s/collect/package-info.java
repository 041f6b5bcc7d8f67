/** A route collector: what the peers of a session say, kept and told. */
@NullMarked
package io.berth.k8s.collect;

import org.jspecify.annotations.NullMarked;
