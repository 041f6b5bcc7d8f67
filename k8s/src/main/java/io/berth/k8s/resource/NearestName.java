package io.berth.k8s.resource;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The name that somebody who mistyped probably meant. */
public final class NearestName {

    private NearestName() {}

    /** The existing name that is fewest changes away, if that is few enough to be a slip. */
    public static Optional<String> of(String mistyped, Collection<String> existing) {
        return existing.stream()
                .filter(name -> distance(mistyped, name) <= Math.max(1, Math.min(mistyped.length(), name.length()) / 3))
                .min(Comparator.comparingInt((String name) -> distance(mistyped, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** " (did you mean team-a?)", or nothing. */
    public static String hint(String mistyped, Collection<String> existing) {
        return of(mistyped, existing)
                .map(name -> " (did you mean " + name + "?)")
                .orElse("");
    }

    /** Levenshtein's: how many letters to insert, remove or replace. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
