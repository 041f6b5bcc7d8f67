/** From a Service to an address: requests, decisions, statuses, and the loop around them. */
@NullMarked
package io.berth.k8s.allocation;

import org.jspecify.annotations.NullMarked;
