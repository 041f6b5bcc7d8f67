package io.berth.k8s.lint;

import io.berth.k8s.resource.NearestName;
import java.util.Collection;
import java.util.Optional;

/**
 * Finds the names that were probably meant, as long as that costs little: where thousands of names are missing among thousands, it
 * is no slip of the hand that is the cause, and a process that runs looks for these pitfalls at every change.
 */
final class Slips {

    private static final int COMPARISONS = 500_000;

    private int left = COMPARISONS;

    /** The existing name that is nearest, if it is near. */
    Optional<String> nearest(String mistyped, Collection<String> existing) {
        if (existing.size() > left) {
            return Optional.empty();
        }
        left -= existing.size();
        return NearestName.of(mistyped, existing);
    }

    /** " (did you mean team-a?)", or nothing. */
    String hint(String mistyped, Collection<String> existing) {
        return nearest(mistyped, existing)
                .map(name -> " (did you mean " + name + "?)")
                .orElse("");
    }
}
