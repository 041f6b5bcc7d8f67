package io.berth.k8s.resource;

/** A Namespace; its labels decide which pools its services may draw from. */
public record Namespace(ObjectMeta meta) implements Resource {}
