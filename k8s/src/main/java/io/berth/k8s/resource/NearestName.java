package io.berth.k8s.resource;

import java.util.Collection;
import java.util.Optional;

/** The name that somebody who mistyped probably meant. */
public final class NearestName {

    private NearestName() {}

    /** The existing name that is fewest changes away, if that is few enough to be a slip; of two, the first by name. */
    public static Optional<String> of(String mistyped, Collection<String> existing) {
        Optional<String> nearest = Optional.empty();
        int fewest = Integer.MAX_VALUE;
        for (String name : existing) {
            boolean comesFirst = nearest.isEmpty() || name.compareTo(nearest.get()) < 0;
            int limit = Math.min(slip(mistyped, name), comesFirst ? fewest : fewest - 1);
            int changes = changes(mistyped, name, limit);
            if (changes <= limit) {
                nearest = Optional.of(name);
                fewest = changes;
            }
        }
        return nearest;
    }

    /** " (did you mean team-a?)", or nothing. */
    public static String hint(String mistyped, Collection<String> existing) {
        return of(mistyped, existing)
                .map(name -> " (did you mean " + name + "?)")
                .orElse("");
    }

    /** How many changes are still a slip: one in three letters. */
    private static int slip(String one, String other) {
        return Math.max(1, Math.min(one.length(), other.length()) / 3);
    }

    /**
     * How many letters to insert, remove or replace (Levenshtein's distance), or any number above the limit where that is exceeded.
     * Among thousands of names most share much or nothing, so what is the same at both ends is left out, and the rest given up early.
     */
    private static int changes(String one, String other, int limit) {
        if (Math.abs(one.length() - other.length()) > limit) {
            return limit + 1;
        }
        int shorter = Math.min(one.length(), other.length());
        int start = 0;
        while (start < shorter && one.charAt(start) == other.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < shorter - start && one.charAt(one.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
            end++;
        }
        return distance(one.substring(start, one.length() - end), other.substring(start, other.length() - end), limit);
    }

    private static int distance(String one, String other, int limit) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            int least = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
                least = Math.min(least, row[j]);
            }
            if (least > limit) {
                return least;
            }
        }
        return row[other.length()];
    }
}
