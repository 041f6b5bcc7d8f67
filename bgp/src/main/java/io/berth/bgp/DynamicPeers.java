package io.berth.bgp;

/**
 * Accepts connections from addresses that no {@link PeerConfig} names: each becomes a peer called by its address and port,
 * for as long as its connection lasts.
 *
 * @param local our side of every such session
 * @param peerAs which AS such a peer may be
 */
public record DynamicPeers(PeerConfig.Local local, PeerConfig.PeerAs peerAs) {}
