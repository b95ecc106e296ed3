package dev.antiphon.tool;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The name that somebody probably meant. Pure. */
public final class SimilarName {
    /** One letter in three may be wrong. */
    private static final int LETTERS_FOR_A_MISTAKE = 3;

    private SimilarName() {}

    /**
     * The name that is reached from the given one with the fewest letters left out, put in, replaced or swapped with their neighbour
     * (optimal string alignment); upper and lower case are the same. Empty when none is near, or the name itself is there.
     */
    public static Optional<String> to(String given, Collection<String> names) {
        return names.contains(given)
                ? Optional.empty()
                : names.stream()
                        .filter(name -> mistakes(given, name)
                                <= Math.max(given.length(), name.length()) / LETTERS_FOR_A_MISTAKE)
                        .min(Comparator.<String>comparingInt(name -> mistakes(given, name))
                                .thenComparing(Comparator.naturalOrder()));
    }

    private static int mistakes(String given, String name) {
        String one = given.toLowerCase(Locale.ROOT);
        String other = name.toLowerCase(Locale.ROOT);
        int[][] least = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                least[i][j] = i == 0 || j == 0 ? i + j : step(least, one, other, i, j);
            }
        }
        return least[one.length()][other.length()];
    }

    private static int step(int[][] least, String one, String other, int i, int j) {
        boolean same = one.charAt(i - 1) == other.charAt(j - 1);
        int mistakes = Math.min(least[i - 1][j - 1] + (same ? 0 : 1), Math.min(least[i - 1][j], least[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
        return swapped ? Math.min(mistakes, least[i - 2][j - 2] + 1) : mistakes;
    }
}
