package io.berth.testenv.faults;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What happens in a round: all of it comes from the seed, when exactly does not.
 *
 * @param faults in this order
 */
record Plan(Decides decides, List<Fault> faults) {

    static Plan of(Pace pace, RandomGenerator random) {
        Decides decides = random.nextBoolean() ? Decides.THE_LEADER : Decides.EVERYBODY;
        return new Plan(
                decides,
                pace.faults(decides).stream().map(each -> any(each, random)).toList());
    }

    private static Fault any(Set<Fault> possible, RandomGenerator random) {
        return List.copyOf(possible).get(random.nextInt(possible.size()));
    }

    @Override
    public String toString() {
        return Stream.concat(Stream.of(decides + " decides"), faults.stream().map(Fault::toString))
                .map(words -> words.toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
    }
}
