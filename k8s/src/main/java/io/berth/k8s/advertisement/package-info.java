/** From an address to routes: announcements, peers, and the loop around them. */
@NullMarked
package io.berth.k8s.advertisement;

import org.jspecify.annotations.NullMarked;
