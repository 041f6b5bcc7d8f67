package io.berth.k8s.advertisement;

/**
 * What an operator may choose about announcing from one node.
 *
 * @param nodeName which node this is; empty for the only one that there is
 * @param own our side of every session
 */
public record AdvertisementSettings(String nodeName, Rules rules, Peers.Own own) {}
