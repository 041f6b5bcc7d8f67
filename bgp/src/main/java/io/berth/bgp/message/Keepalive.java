package io.berth.bgp.message;

/** KEEPALIVE: nothing but a header (RFC 4271 section 4.4). */
public record Keepalive() implements Message {}
