package io.berth.bgp.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whatever a network does to two peers that dial each other: when it stops doing it, they have one session. */
class TwoPeersTest {

    private static final int SCHEDULES = Integer.getInteger("berth.schedules", 3000);

    @Test
    void twoPeersAgreeOnOneSessionOnceFaultsHaveStopped() {
        for (long seed = 0; seed < SCHEDULES; seed++) {
            var peers = new SimulatedPeers(seed);

            peers.run(60, 120);

            assertThat(peers.agreeOnOneSession())
                    .as("seed %d: %s", seed, peers.describe())
                    .isTrue();
        }
    }
}
