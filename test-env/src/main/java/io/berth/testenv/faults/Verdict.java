package io.berth.testenv.faults;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What came of a round.
 *
 * @param seed plays the same once more
 * @param plan what happened
 * @param writes   how many there were by others than Berth
 * @param services how many had an address in the end
 * @param wrongs what must not have been; nothing, where all was well
 * @param said by the processes, each line with the id of its process
 */
public record Verdict(
        long seed, String plan, int writes, int services, Duration took, List<String> wrongs, List<String> said) {

    public boolean isGood() {
        return wrongs.isEmpty();
    }

    @Override
    public String toString() {
        String outcome = isGood()
                ? "good, " + writes + " writes, " + services + " services in the end,"
                : "WRONG: " + String.join("; ", wrongs);
        return String.format(Locale.ROOT, "seed %d: %s: %s %.1f s", seed, plan, outcome, took.toMillis() / 1e3);
    }
}
