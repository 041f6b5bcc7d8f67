package io.berth.testenv.bench.kubernetes;

import io.berth.testenv.faults.Ground;
import io.berth.testenv.faults.Pace;
import io.berth.testenv.faults.Rounds;
import io.berth.testenv.faults.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Plays rounds of faults on a cluster of its own, says what came of each, and adds the figures to a file. */
public final class Faults {

    private Faults() {}

    /**
     * {@code FIGURES LOGS ROUNDS SEED}: the seed of the first round; each of the others has the next one. What the processes said in a
     * round that went wrong is in a file in the folder. Ends with status 1 where one did.
     */
    public static void main(String[] arguments) throws IOException {
        Path logs = Files.createDirectories(Path.of(arguments[1]).resolve("kubernetes-faults"));
        int count = Integer.parseInt(arguments[2]);
        long first = Long.parseLong(arguments[3]);
        int wrong = 0;
        try (Site site = new Site(new BerthProcesses(), logs)) {
            var ground = new Ground(site.server(), site.client(), site.router(), Site.NAMESPACE, Site.NODE);
            var rounds = new Rounds(ground, Pace.PATIENT);
            for (int round = 0; round < count; round++) {
                Verdict verdict = rounds.play(first + round);
                System.out.printf("%d of %d, %s%n", round + 1, count, verdict);
                if (!verdict.isGood()) {
                    wrong++;
                    Files.write(logs.resolve("seed-" + verdict.seed() + ".log"), verdict.said());
                }
            }
        }
        List<String> figures = List.of(
                Figure.of(Contender.BERTH, Metric.FAULT_ROUNDS, count).toString(),
                Figure.of(Contender.BERTH, Metric.FAULT_ROUNDS_WRONG, wrong).toString());
        Files.write(Path.of(arguments[0]), figures, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        System.out.printf("%d of %d rounds went wrong%n", wrong, count);
        System.exit(wrong == 0 ? 0 : 1);
    }
}
