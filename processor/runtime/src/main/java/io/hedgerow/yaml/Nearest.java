package io.hedgerow.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known name that a misspelt one was meant to be. */
public final class Nearest {
    private Nearest() {}

    /**
     * The name with the fewest letters changed, added or left out (Levenshtein), unless that would leave less than half of
     * what was written.
     */
    public static Optional<String> of(String name, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String k) -> distance(name, k)).thenComparing(k -> k))
                .filter(k -> 2 * distance(name, k) <= name.length());
    }

    /** The name with the fewest letters changed, added or left out, if those are no more than {@code edits}. */
    public static Optional<String> within(int edits, String name, Collection<String> known) {
        return known.stream()
                .filter(k -> Math.abs(k.length() - name.length()) <= edits && distance(name, k) <= edits)
                .min(Comparator.comparingInt((String k) -> distance(name, k)).thenComparing(k -> k));
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                if (i == 0) {
                    row[j] = j;
                } else {
                    int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                    row[j] = Math.min(change, 1 + Math.min(above, row[j - 1]));
                }
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
