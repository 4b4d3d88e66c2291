package io.twinstore.storage;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses what a mistyped word was meant to be. */
final class Suggestions {

    /** Two slips of the finger; more would take the names of other databases for ours. */
    private static final int MAX_DISTANCE = 2;

    private Suggestions() {}

    /** Returns the word that is nearest, if it is near, and more of it was right than wrong. */
    static Optional<String> closest(String given, Collection<String> words) {
        return words.stream()
                .filter(
                        word ->
                                distance(given, word)
                                        <= Math.min(MAX_DISTANCE, (word.length() - 1) / 2))
                .min(
                        Comparator.comparingInt((String word) -> distance(given, word))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /** Optimal string alignment: insert, delete, replace, swap of neighbours, one each. */
    static int distance(String left, String right) {
        int[][] cost = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, left, right, i, j);
            }
        }
        return cost[left.length()][right.length()];
    }

    private static int step(int[][] cost, String left, String right, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped =
                i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
