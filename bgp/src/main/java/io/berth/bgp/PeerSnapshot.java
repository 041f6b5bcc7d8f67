package io.berth.bgp;

import io.berth.bgp.message.Family;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;

/**
 * One peer at one moment.
 *
 * @param name as configured
 * @param since when the peer came into this state
 * @param reason why it is not Established, in one sentence for a network engineer; empty when it is
 * @param remoteIdentifier as its last OPEN said; empty before the first
 * @param announced how many prefixes of each family the peer has been sent and not withdrawn
 * @param pending how many prefixes wait to be sent or withdrawn
 */
public record PeerSnapshot(
        String name,
        InetSocketAddress remote,
        SessionState state,
        Instant since,
        String reason,
        String remoteIdentifier,
        Map<Family, Integer> announced,
        int pending) {

    public PeerSnapshot {
        announced = Map.copyOf(announced);
    }
}
