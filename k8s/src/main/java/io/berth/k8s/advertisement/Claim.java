package io.berth.k8s.advertisement;

import io.berth.allocator.ServiceKey;
import io.berth.bgp.Prefix;
import io.berth.bgp.RouteAttributes;

/**
 * What one advertisement says to one peer of one address of a service. A prefix is announced while anybody claims it.
 *
 * @param attributes with LOCAL_PREF for a peer of our own AS, and without for any other
 */
public record Claim(ServiceKey service, String advertisement, String peer, Prefix prefix, RouteAttributes attributes) {}
