/** A speaker that follows a script: its lines, and what becomes of them. */
@NullMarked
package io.berth.k8s.announce;

import org.jspecify.annotations.NullMarked;
