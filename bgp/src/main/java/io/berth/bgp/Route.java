package io.berth.bgp;

/**
 * A prefix that should be announced, what is said of it, and to whom. One prefix may come in several routes to different
 * peers.
 */
public record Route(Prefix prefix, RouteAttributes attributes, Audience audience) {

    /** A route for every peer. */
    public static Route toAll(Prefix prefix, RouteAttributes attributes) {
        return new Route(prefix, attributes, Audience.all());
    }
}
