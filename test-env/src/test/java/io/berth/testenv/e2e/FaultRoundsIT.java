package io.berth.testenv.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.testenv.faults.Ground;
import io.berth.testenv.faults.Pace;
import io.berth.testenv.faults.Rounds;
import io.berth.testenv.faults.Verdict;
import org.junit.jupiter.api.Test;

/** The first of the rounds that {@code ./test-env/bench faults} plays by the hundred, without those that take long. */
class FaultRoundsIT {

    private static final long SEED = 20_260_131;
    private static final int ROUNDS = 3;

    @Test
    void whateverHappensNoAddressIsGivenTwiceLostOrChanged() {
        try (KubeSite site = KubeSite.start()) {
            site.apply(Manifest.ADVERTISEMENT);
            var ground = new Ground(site.server(), site.client(), site.router(), KubeSite.NAMESPACE, KubeSite.NODE);
            var rounds = new Rounds(ground, Pace.BRISK);
            for (long seed = SEED; seed < SEED + ROUNDS; seed++) {
                Verdict verdict = rounds.play(seed);
                System.out.println(verdict);
                assertThat(verdict.wrongs())
                        .as("%s; berth said: %s", verdict, verdict.said())
                        .isEmpty();
            }
        }
    }
}
